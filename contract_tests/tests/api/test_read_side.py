"""Segments, playbooks, health scores, metrics, lifecycles, objectives, signals and meetings."""

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

    assert api.get("/segment")["segments"][0]["companies_count"] == 0


def test_segments_that_are_defined_by_each_other_in_a_circle_are_empty(api, seeded):
    circle = [("a", "b"), ("b", "c"), ("c", "a")]
    seeded(
        segments=[
            {"id": name, "name": name, "filters": asked("...", "Segment", "is_any_of", [other])}
            for name, other in circle
        ]
    )

    assert [one["companies_count"] for one in api.get("/segment")["segments"]] == [0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "found"), [("company", "C"), ("companies", "C"), ("people", "P"), ("customers", "P"), ("", "CP")]
)
@pytest.mark.parametrize("resource", ["segment", "playbook", "calculated_metric"])
def test_definitions_are_listed_for_a_kind_of_record(api, seeded, resource, kind, found):
    seeded(**{f"{resource}s": [{"name": "C", "type": "companies"}, {"name": "P", "type": "people"}]})

    answer = api.get(f"/{resource}", type=kind)

    assert [one["name"] for one in answer[f"{resource}s"]] == list(found)


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


def test_lifecycles_come_by_their_position(api, seeded):
    seeded(lifecycles=[{"name": "last"}, {"name": "second", "position": 2}, {"name": "first", "position": 1}])

    assert [one["name"] for one in api.get("/lifecycle")["lifecycles"]] == ["first", "second", "last"]


@pytest.mark.parametrize("named", ["company", "company_id"])
def test_objectives_are_found_by_either_name_of_their_company(api, seeded, named):
    company = seeded(objectives=[{"name": "O", "company": "g1"}, {"name": "other"}])

    answer = api.get("/objective", **{named: company if named == "company" else "g1"})

    assert [one["name"] for one in answer["objectives"]] == ["O"]


def test_objectives_are_filtered_and_sorted_by_their_own_parameters(api, seeded):
    objectives = [
        {"name": name, "objectiveStatus": "open", "dueAt": day}
        for name, day in (("a", "2026-01-01"), ("b", "2026-02-01"))
    ]
    seeded(objectives=[*objectives, {"name": "c", "objectiveStatus": "done"}])

    given = asked("objectiveStatus", "Dropdown", "is_any_of", ["open"])
    answer = api.get("/objective", filters=given, sort="dueAt", order="desc")

    assert [one["name"] for one in answer["objectives"]] == ["b", "a"]


@pytest.mark.parametrize(("operator", "found"), [("this_month", ["b"]), ("last_month", ["a"])])
def test_objectives_are_filtered_by_dates_around_the_time_of_the_workspace(api, seeded, operator, found):
    api.freeze("2026-02-14")
    seeded(objectives=[{"name": "a", "dueAt": "2026-01-31"}, {"name": "b", "dueAt": "2026-02-01"}])

    answer = api.get("/objective", filters=asked("dueAt", "Date", operator))

    assert [one["name"] for one in answer["objectives"]] == found


@pytest.mark.parametrize(("operator", "total"), [("is_unknown", 1), ("any_value", 0)])
def test_a_field_that_objectives_do_not_have_is_unknown_everywhere(api, seeded, operator, total):
    seeded(objectives=[{"name": "a"}])

    assert api.get("/objective", filters=asked("color", "Number", operator))["total"] == total


def test_a_filter_on_objectives_with_a_mistake_is_told_by_its_place(api):
    answer = api.get(
        "/objective", filters=asked("name", "String", "any_value") + asked("", "String", "any_value")
    )

    assert (api.status, answer) == (400, {"error": "filters[1]: fieldName is empty"})


def test_an_order_by_a_field_that_objectives_do_not_have_leaves_them_as_they_came(api, seeded):
    seeded(objectives=[{"name": "b"}, {"name": "c"}, {"name": "a"}])

    answer = api.get("/objective", sort="color")

    assert [one["name"] for one in answer["objectives"]] == ["b", "c", "a"]


@pytest.mark.parametrize("query", [{"company": "x"}, {"company_id": "x"}])
def test_an_unknown_company_has_no_objectives(api, seeded, query):
    seeded(objectives=[{"name": "O", "company": "g1"}])

    assert api.get("/objective", **query) == {"objectives": [], "total": 0}


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


def test_meetings_of_a_company_come_latest_first(api, seeded):
    dated = [("a", "2026-01-01T10:00Z", "2026-01-01T10:30Z"), ("b", "2026-02-01", None)]
    meetings = [
        {"title": name, "startAt": start, "endAt": end, "company": ["g1"]} for name, start, end in dated
    ]
    company = seeded(meetings=[*meetings, {"title": "c"}])

    answer = api.get(f"/calendar/meeting/company/{company}")

    assert [(one["title"], one["duration"]) for one in answer["meetings"]] == [("b", None), ("a", 1800)]
    assert api.get("/calendar/meeting")["total"] == 3
