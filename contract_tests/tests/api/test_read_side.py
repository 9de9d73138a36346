"""Segments, playbooks, health scores, metrics, lifecycles and signals."""

import pytest

from support.api import asked


@pytest.fixture
def seeded(api):
    """Return what puts sections next to one company, g1, and answers its internal id."""

    def seed(**sections):
        companies = [{"company_id": "g1", "name": "Acme", "size": 10}]
        state = api.put("/_mock/state", {"companies": companies, **sections})
        return state["companies"][0]["id"]

    return seed


def test_a_segment_holds_what_its_filters_say_at_any_time(api, seeded):
    company = seeded(
        segments=[{"id": "s1", "name": "Big", "filters": asked("size", "Number", "greater", 50)}]
    )
    before = api.get(f"/company/segments/{company}")["total"]

    answer = api.post("/company", {"id": company, "size": 100})

    assert (before, answer["buckets"]) == (0, ["s1"])
    assert api.get(f"/company/segments/{company}")["segments"][0]["companies_count"] == 1


def test_a_segment_holds_its_members(api, seeded):
    seeded(
        segments=[{"id": "s1", "name": "Some", "members": ["c1"]}],
        companies=[{"id": "c1", "company_id": "g2"}],
    )

    found = api.get("/company/all", filters=asked("...", "Segment", "is_any_of", ["s1"]))

    assert [company["id"] for company in found["companies"]] == ["c1"]


def test_a_segment_that_is_defined_by_itself_is_empty(api, seeded):
    seeded(
        segments=[{"id": "s1", "name": "Loop", "filters": asked("buckets", "Segment", "is_any_of", ["s1"])}]
    )

    assert api.get("/segment", type="company")["segments"][0]["companies_count"] == 0


def test_segments_that_are_defined_by_each_other_in_a_circle_are_empty(api, seeded):
    circle = [("a", "b"), ("b", "c"), ("c", "a")]
    seeded(
        segments=[
            {"id": name, "name": name, "filters": asked("...", "Segment", "is_any_of", [other])}
            for name, other in circle
        ]
    )

    assert [one["companies_count"] for one in api.get("/segment", type="company")["segments"]] == [0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "found"), [("company", "C"), ("companies", "C"), ("people", "P"), ("customers", "P")]
)
@pytest.mark.parametrize("resource", ["segment", "playbook", "calculated_metric"])
def test_definitions_are_listed_for_a_kind_of_record(api, seeded, resource, kind, found):
    seeded(**{f"{resource}s": [{"name": "C", "type": "companies"}, {"name": "P", "type": "people"}]})

    answer = api.get(f"/{resource}", type=kind)

    assert [one["name"] for one in answer[f"{resource}s"]] == [found]


@pytest.mark.parametrize(
    ("resource", "found"), [("segment", "P"), ("playbook", "C"), ("calculated_metric", "C")]
)
def test_definitions_without_a_type_are_those_of_the_usual_kind(api, seeded, resource, found):
    seeded(**{f"{resource}s": [{"name": "C", "type": "companies"}, {"name": "P", "type": "people"}]})

    answer = api.get(f"/{resource}")

    assert ([one["name"] for one in answer[f"{resource}s"]], answer["total"]) == ([found], 1)


@pytest.mark.parametrize(
    ("resource", "kinds"),
    [
        ("segment", ["company", "people"]),
        ("playbook", ["companies", "people"]),
        ("calculated_metric", ["company", "people"]),
    ],
)
def test_a_kind_of_record_is_answered_in_the_spelling_of_its_resource(api, seeded, resource, kinds):
    seeded(**{f"{resource}s": [{"name": "C", "type": "company"}, {"name": "P", "type": "customers"}]})

    answers = [api.get(f"/{resource}", type=kind)[f"{resource}s"][0] for kind in ("company", "people")]

    assert [one["type"] for one in answers] == kinds


@pytest.mark.parametrize("resource", ["segment", "playbook", "calculated_metric"])
def test_an_unknown_kind_of_record_is_refused(api, resource):
    api.get(f"/{resource}", type="deals")

    assert api.status == 400


DEFINITIONS = ["segment", "playbook", "calculated_metric", "health_score", "lifecycle"]


@pytest.mark.parametrize("resource", DEFINITIONS)
def test_a_definition_is_read_by_its_id_in_a_list_of_one(api, seeded, resource):
    seeded(**{f"{resource}s": [{"id": "x", "name": "X"}, {"id": "y", "name": "Y"}]})

    answer = api.get(f"/{resource}/y")

    assert [one["name"] for one in answer[f"{resource}s"]] == ["Y"]
    assert answer["total"] == 1


@pytest.mark.parametrize("resource", DEFINITIONS)
def test_an_unknown_definition_is_an_empty_list(api, resource):
    assert api.get(f"/{resource}/unknown") == {f"{resource}s": [], "total": 0}


@pytest.mark.parametrize("resource", DEFINITIONS)
def test_definitions_come_in_the_order_of_sorting(api, seeded, resource):
    seeded(**{f"{resource}s": [{"name": name, "type": "people"} for name in ("a", "c", "b")]})

    kind = {"type": "people"} if resource in DEFINITIONS[:3] else {}
    answer = api.get(f"/{resource}", sorting={"field": "name"}, **kind)

    assert [one["name"] for one in answer[f"{resource}s"]] == ["c", "b", "a"]


@pytest.mark.parametrize("resource", ["playbook", "lifecycle"])
def test_playbooks_and_lifecycles_are_also_sorted_by_sort_and_order(api, seeded, resource):
    seeded(**{f"{resource}s": [{"name": name} for name in ("a", "c", "b")]})

    answers = [api.get(f"/{resource}", sort="name", **order) for order in ({}, {"order": "asc"})]

    names = ["".join(one["name"] for one in answer[f"{resource}s"]) for answer in answers]
    assert names == ["cba", "abc"]


def test_sorting_comes_before_sort(api, seeded):
    seeded(playbooks=[{"name": "a", "status": "b"}, {"name": "b", "status": "a"}])

    answer = api.get("/playbook", sort="name", sorting={"field": "status"})

    assert [one["name"] for one in answer["playbooks"]] == ["a", "b"]


@pytest.mark.parametrize("resource", ["playbook", "lifecycle"])
def test_playbooks_and_lifecycles_come_by_their_position(api, seeded, resource):
    places = [{}, {"position": 2}, {"position": 0}, {"position": 1}]
    seeded(**{f"{resource}s": [{"name": str(at), **place} for at, place in enumerate(places)]})

    answer = api.get(f"/{resource}")

    assert [one["name"] for one in answer[f"{resource}s"]] == ["2", "3", "1", "0"]


@pytest.mark.parametrize("resource", DEFINITIONS)
def test_a_definition_leaves_out_what_it_does_not_have(api, seeded, resource):
    seeded(**{f"{resource}s": [{"id": "x", "name": "X", "description": None}]})

    (answer,) = api.get(f"/{resource}/x")[f"{resource}s"]

    assert "description" not in answer
    assert None not in answer.values()
    assert answer["tags"] == []


def test_segments_are_sorted_by_how_many_records_they_hold(api, seeded):
    company = seeded()
    segments = [{"name": "none", "members": []}, {"name": "one", "members": [company]}]
    api.put("/_mock/state", {**api.get("/_mock/state"), "segments": segments})

    answer = api.get("/segment", type="company", sorting={"field": "companies_count"})

    assert [one["name"] for one in answer["segments"]] == ["one", "none"]


@pytest.mark.parametrize("given", [{"goal": "G"}, {"description": "G"}])
def test_the_goal_of_a_segment_is_its_description(api, seeded, given):
    seeded(segments=[{"name": "S", "type": "people", **given}])

    (segment,) = api.get("/segment")["segments"]

    assert (segment["goal"], segment["description"]) == ("G", "G")


def test_scheduled_playbooks_are_left_out_on_request(api, seeded):
    triggers = {"manual": "manual", "weekly": "scheduled", "plain": None}
    seeded(playbooks=[{"name": name, "trigger": trigger} for name, trigger in triggers.items()])

    lists = [api.get("/playbook", nonScheduled=flag)["playbooks"] for flag in ("true", "false")]

    assert [[one["name"] for one in found] for found in lists] == [
        ["manual", "plain"],
        ["manual", "weekly", "plain"],
    ]


def test_a_playbook_counts_the_records_it_was_started_on(api, seeded):
    company = seeded(
        playbooks=[{"id": "p1", "name": "P", "company_counts": {"in_progress": 3, "completed": 2}}]
    )
    api.post("/playbook/entity/p1", {"entityId": company})
    api.post("/playbook/entity/p1", {"entityId": company})

    (playbook,) = api.get("/playbook")["playbooks"]

    ways = {"completed": 2, "completed_end": 0, "completed_exit": 0, "completed_manual": 0}
    assert playbook["company_counts"] == {"in_progress": 4, **ways}


@pytest.mark.parametrize("path", ["/playbook", "/playbook/p1"])
@pytest.mark.parametrize(("query", "shown"), [({}, True), ({"includeCounts": "false"}, False)])
def test_playbooks_come_with_their_counts_unless_they_are_left_out(api, seeded, path, query, shown):
    seeded(playbooks=[{"id": "p1", "name": "P", "company_counts": {"completed": 2}}])

    (playbook,) = api.get(path, **query)["playbooks"]

    assert ("company_counts" in playbook) == shown


WHOLE = {
    "playbook": {
        "description": "D",
        "type": "companies",
        "status": "active",
        "position": 1,
        "settings": {"a": 1},
        "tags": ["t1"],
    },
    "health_score": {
        "description": "D",
        "kpiType": "event",
        "globalHealthScoreImpact": "high",
        "tags": ["t1"],
    },
    "calculated_metric": {"description": "D", "type": "company", "frequency": 24, "tags": ["t1"]},
    "lifecycle": {
        "description": "D",
        "status": "inactive",
        "position": 2,
        "showInC360": True,
        "settings": {"a": 1},
        "tags": ["t1"],
        "tasks": [{"name": "T"}],
        "goals": [{"id": "g", "name": "G", "criteria": "c", "segment": "s1"}],
        "daysToComplete": "30",
        "daysToStuck": "7",
        "created_by": "gone",
        "created_by_name": "Cy",
        "updated_by": "gone",
        "updated_by_name": "Uma",
        "startCondition": "enters segment",
        "startConditionEntityName": "S",
        "endCondition": "all tasks are done",
        "endConditionEntityName": "E",
    },
}


@pytest.mark.parametrize("resource", WHOLE)
def test_a_definition_is_answered_whole(api, seeded, resource):
    times = {"created_at": "2026-01-01", "updated_at": "2026-01-02"}
    given = {"id": "x", "name": "X", **WHOLE[resource], **times}
    seeded(**{f"{resource}s": [given]})

    (answer,) = api.get(f"/{resource}")[f"{resource}s"]

    assert {name: value for name, value in answer.items() if name in given} == given
    assert answer["_id"] == "x"


def test_days_of_a_lifecycle_are_answered_as_text(api, seeded):
    seeded(lifecycles=[{"name": "L", "daysToComplete": 30, "daysToStuck": 7.0}])

    (lifecycle,) = api.get("/lifecycle")["lifecycles"]

    assert (lifecycle["daysToComplete"], lifecycle["daysToStuck"]) == ("30", "7")


def test_a_lifecycle_names_the_users_that_made_and_changed_it(api, seeded):
    seeded(
        users=[{"id": "u1", "email": "cy@x.io", "name": "Cy"}],
        lifecycles=[{"name": "L", "created_by": "cy@x.io", "updated_by": "gone"}],
    )

    (lifecycle,) = api.get("/lifecycle")["lifecycles"]

    assert (lifecycle["created_by"], lifecycle["created_by_name"]) == ("u1", "Cy")
    assert (lifecycle["updated_by"], "updated_by_name" in lifecycle) == ("gone", False)


def test_a_frequency_that_is_text_is_answered_as_a_number(api, seeded):
    seeded(calculated_metrics=[{"name": "M", "frequency": "24"}])

    assert api.get("/calculated_metric")["calculated_metrics"][0]["frequency"] == 24


def test_a_manual_playbook_is_started(api, seeded):
    company = seeded(playbooks=[{"id": "p1", "name": "Renewal", "trigger": "manual"}])

    run = api.post("/playbook/entity/p1", {"entityId": company, "type": "companies"})

    assert (run["playbook"], run["entity"]) == ("p1", company)
    assert api.get("/_mock/state")["playbook_runs"] == [run]


@pytest.mark.parametrize(
    ("playbook", "entity", "status"), [("p1", "g1", 400), ("p2", "x", 404), ("x", "g1", 404)]
)
def test_a_playbook_that_cannot_start_says_so(api, seeded, playbook, entity, status):
    books = [{"id": "p1", "name": "Auto", "trigger": "segment"}, {"id": "p2", "name": "Manual"}]
    company = seeded(playbooks=books)

    api.post(f"/playbook/entity/{playbook}", {"entityId": company if entity == "g1" else entity})

    assert api.status == status


@pytest.fixture
def scored(seeded):
    days = [("2026-01-01", 20), ("2026-03-01", 80), ("2026-02-01", 50)]
    values = [
        {"health_score_id": "hs", "company_id": "g1", "date": day, "value": value} for day, value in days
    ]
    ranges = [{"label": "good", "color": "green", "min": 60, "max": 100}]
    return seeded(health_scores=[{"id": "hs", "name": "Usage", "ranges": ranges}], health_score_values=values)


def test_a_company_shows_the_newest_value_of_each_health_score(api, scored):
    (company,) = api.get(f"/company/{scored}")["companies"]

    shown = {"score": 80, "absolute_value": 80, "label": "good", "color": "green", "updated_at": "2026-03-01"}
    assert company["metrics"]["health_scores"] == {"hs": shown}


def test_values_of_a_health_score_come_newest_first_with_figures_of_all(api, scored):
    answer = api.get("/health_score/hs/values", companyId=scored, itemsPerPage=2)

    assert [value["value"] for value in answer["values"]] == [80, 50]
    assert (answer["total"], answer["average"], answer["median"]) == (3, 50.0, 50)
    assert (answer["min"], answer["max"]) == (20, 80)


@pytest.mark.parametrize("name", ["hs", "hs.score", "hs.value", "hs.absolute_value"])
def test_companies_are_filtered_and_sorted_by_a_health_score(api, scored, name):
    field = f"metrics.health_scores.{name}"

    found = api.get("/company/all", filters=asked(field, "Number", "greater", "60"), sorting={"field": field})

    assert [company["id"] for company in found["companies"]] == [scored]


def test_figures_of_no_values_are_null(api, seeded):
    seeded(health_scores=[{"id": "hs", "name": "Usage"}])

    answer = api.get("/health_score/hs/values")

    assert (answer["total"], answer["average"], answer["max"]) == (0, None, None)
    assert api.get("/health_score/simple")[0]["name"] == "Usage"


def test_values_of_an_unknown_health_score_are_not_found(api):
    api.get("/health_score/unknown/values")

    assert api.status == 404


def test_signals_are_found_by_company_and_by_whether_they_are_acknowledged(api, seeded):
    company = seeded(
        signals=[{"title": "old", "entity": "g1", "acknowledged": True}, {"title": "new", "entity": "g1"}]
    )

    given = [{"field": "acknowledged", "operator": "eq", "value": False}]
    answer = api.get("/signal/entities", customerType="Company", customerId=company, filters=given)

    assert [(one["title"], one["entity_name"]) for one in answer["signals"]] == [("new", "Acme")]


def test_signals_about_all_records_are_found_when_none_is_asked_for(api, seeded):
    seeded(
        signals=[
            {"title": "company", "entity": "g1", "created_at": "2026-01-01"},
            {"title": "nobody", "created_at": "2026-01-02"},
        ]
    )

    assert [one["title"] for one in api.get("/signal/entities")["signals"]] == ["nobody", "company"]


def test_a_field_that_signals_do_not_have_is_refused(api):
    answer = api.get("/signal/entities", filters=[{"field": "color", "operator": "eq", "value": 1}])

    assert (api.status, answer["error"]) == (400, "filters[0]: a signal has no field 'color'")
