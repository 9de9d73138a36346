"""Records of daily work whole: under which company and person notes, meetings, scores and the rest stand."""

import pytest

NOW = "2026-05-01T12:00:00.000Z"
RECORDS = {
    "companies": [{"id": "c1", "company_id": "g1", "name": "Acme"}],
    "people": [{"id": "p1", "user_id": "u1", "email": "ann@x.io", "name": "Ann"}],
    "tags": [{"id": "t1", "name": "vip", "category": "company"}],
    "playbooks": [{"id": "manual", "name": "M"}, {"id": "auto", "name": "A", "trigger": "segment"}],
}


@pytest.fixture
def world(api):
    """A company, a person, a tag and two playbooks, at a clock that stands still."""
    api.freeze(NOW)
    api.put("/_mock/state", RECORDS)
    return api


def kept(answer, *names):
    """Return some fields of a record."""
    return {name: answer[name] for name in names}


def test_a_note_is_kept_under_what_it_was_written_on(world):
    body = {"entity": "p1", "entityModel": "People", "text": "t", "subject": "s"}

    note = world.post("/note", body)

    named = {"entityName": "Ann", "company": [], "people": ["p1"], "createdByType": "api", "created_at": NOW}
    assert kept(note, *body, *named) == {**body, **named}


def test_a_note_on_a_company_lists_that_company_and_no_person(world):
    note = world.post("/note", {"entity": "c1", "entityModel": "Company", "text": "t"})

    assert kept(note, "entityName", "company", "people") == {
        "entityName": "Acme",
        "company": ["c1"],
        "people": [],
    }


def test_a_note_of_a_state_on_a_name_that_a_company_and_a_person_share_is_on_the_company(world):
    people = [{"id": "p1", "user_id": "g1"}]

    state = world.put("/_mock/state", {**RECORDS, "people": people, "notes": [{"text": "t", "entity": "g1"}]})

    assert [kept(note, "entity", "people") for note in state["notes"]] == [{"entity": "c1", "people": []}]


def test_notes_of_a_record_are_those_on_it_and_those_that_list_it(world):
    texts = {"on": {"entity": "g1"}, "lists": {"company": ["c1"]}, "person": {"people": ["p1"]}, "none": {}}
    notes = [{"text": text, **places} for text, places in texts.items()]
    world.put("/_mock/state", {**RECORDS, "notes": notes})

    found = {one: [note["text"] for note in world.get(f"/note/{one}")["notes"]] for one in ("c1", "p1")}

    assert found == {"c1": ["lists", "on"], "p1": ["person"]}


def test_a_meeting_names_records_by_their_internal_ids_and_keeps_its_own_length(world):
    people = ["u1", "ann@x.io", "gone"]
    times = {"startAt": "2026-05-01T10:00:00Z", "endAt": "2026-05-01T10:30:00Z"}
    meetings = [
        {"title": "a", "company": ["g1", "gone"], "people": people},
        {"title": "b", "duration": 5, **times},
    ]

    first, second = world.put("/_mock/state", {**RECORDS, "meetings": meetings})["meetings"]

    assert kept(first, "company", "people") == {"company": ["c1", "gone"], "people": ["p1", "p1", "gone"]}
    assert ("duration" in first, second["duration"]) == (False, 5)


def test_meetings_come_latest_start_first(world):
    starts = [("a", "2026-01-02"), ("b", "2026-01-03"), ("c", "2026-01-01")]
    meetings = [{"title": title, "startAt": start, "company": ["g1"]} for title, start in starts]
    world.put("/_mock/state", {**RECORDS, "meetings": meetings})

    page = world.get("/calendar/meeting/company/c1")

    assert [meeting["title"] for meeting in page["meetings"]] == ["b", "a", "c"]


def test_an_objective_is_kept_under_the_company_it_names(world):
    objectives = [
        {"name": "a", "company": "c1"},
        {"name": "b", "company_id": "g1"},
        {"name": "c", "company": "x"},
    ]

    state = world.put("/_mock/state", {**RECORDS, "objectives": objectives})

    found = [(one["company"], one.get("company_id")) for one in state["objectives"]]
    assert found == [("c1", "g1"), ("c1", "g1"), ("x", None)]


@pytest.mark.parametrize(
    ("entity", "known"), [("g1", "c1"), ("u1", "p1"), ("ann@x.io", "p1"), ("gone", "gone")]
)
def test_a_signal_is_about_the_record_that_it_names(world, entity, known):
    state = world.put("/_mock/state", {**RECORDS, "signals": [{"title": "s", "entity": entity}]})

    assert [one["entity"] for one in state["signals"]] == [known]


@pytest.mark.parametrize(
    ("playbook", "body", "status", "error"),
    [
        ("x", {"entityId": "c1"}, 404, "there is no playbook with the id 'x'"),
        ("manual", {"entityId": "p1"}, 404, "there is no company with the id 'p1'"),
        (
            "manual",
            {"entityId": "c1", "type": "people"},
            404,
            "there is no person with the id 'c1'",
        ),
        (
            "auto",
            {"entityId": "c1"},
            400,
            (
                "the playbook 'A' starts automatically (segment):"
                " a call can start only playbooks with a manual trigger"
            ),
        ),
    ],
)
def test_a_playbook_that_cannot_start_says_why_and_leaves_no_run(world, playbook, body, status, error):
    answer = world.post(f"/playbook/entity/{playbook}", body)

    assert (world.status, answer) == (status, {"error": error})
    assert world.get("/_mock/state")["playbook_runs"] == []


def test_a_run_says_what_was_started_on_what(world):
    run = world.post("/playbook/entity/manual", {"entityId": "p1", "type": "people"})

    assert kept(run, "playbook", "entity", "type") == {"playbook": "manual", "entity": "p1", "type": "people"}


@pytest.mark.parametrize(
    ("tag", "ids", "error"),
    [
        ("x", ["c1"], "there is no tag with the id 'x'"),
        ("t1", ["c1", "x"], "there is no company with the id 'x'"),
    ],
)
def test_a_tag_that_cannot_be_put_everywhere_is_put_nowhere(world, tag, ids, error):
    answer = world.call(
        "PATCH", "/tag/entity", {"tag": tag, "ids": ids, "category": "company", "type": "add"}
    )

    assert (world.status, answer) == (404, {"error": error})
    assert world.get("/company/c1")["companies"][0]["tags"] == []


@pytest.mark.parametrize(
    ("value", "label"), [(-1, "below"), (0, "none"), (0.5, "some"), (10, "some"), (11, "above")]
)
def test_a_value_is_called_as_the_first_range_that_holds_it_says(world, value, label):
    ranges = [
        {"label": "below", "max": -1},
        {"label": "none", "min": 0, "max": 0},
        {"label": "some", "min": 0, "max": 10},
        {"label": "above", "min": 10},
    ]
    values = [{"health_score_id": "hs", "company_id": "g1", "value": value}]
    state = {**RECORDS, "health_scores": [{"id": "hs", "name": "H", "ranges": ranges}]}

    answer = world.put("/_mock/state", {**state, "health_score_values": values})

    assert answer["health_score_values"][0]["label"] == label


@pytest.mark.parametrize(("absolute", "shown"), [(0, 0), (None, 7), (70, 70)])
def test_the_absolute_value_of_a_score_is_the_value_unless_it_is_given(world, absolute, shown):
    value = {"health_score_id": "hs", "company_id": "g1", "value": 7, "absolute_value": absolute}
    scores = {"health_scores": [{"id": "hs", "name": "H"}], "health_score_values": [value]}

    (company,) = world.put("/_mock/state", {**RECORDS, **scores})["companies"]

    assert company["metrics"]["health_scores"]["hs"]["absolute_value"] == shown


@pytest.mark.parametrize(
    "dates",
    [
        ["2026-03-01T01:00:00+02:00", "2026-02-28T23:30:00Z"],
        ["2026-01-31", "2026-01-31"],
        ["2026-01-31T10:00:00Z", "2026-01-31 10:30"],
    ],
)
def test_the_score_of_a_company_is_its_latest_value_however_its_date_is_spelled(world, dates):
    values = [
        {"health_score_id": "hs", "company_id": "g1", "value": at, "date": date}
        for at, date in enumerate(dates)
    ]
    scores = {"health_scores": [{"id": "hs", "name": "H"}], "health_score_values": values}

    (company,) = world.put("/_mock/state", {**RECORDS, **scores})["companies"]

    assert company["metrics"]["health_scores"]["hs"]["score"] == 1


@pytest.mark.parametrize(("company", "values"), [("c1", [1]), ("g1", [1]), ("g2", [2]), ("", [2, 1])])
def test_values_are_those_of_the_company_by_either_of_its_ids(world, company, values):
    values_of = [{"health_score_id": "hs", "company_id": f"g{at}", "value": at} for at in (1, 2)]
    companies = [*RECORDS["companies"], {"id": "c2", "company_id": "g2"}]
    scores = {"health_scores": [{"id": "hs", "name": "H"}], "health_score_values": values_of}
    world.put("/_mock/state", {"companies": companies, **scores})

    answer = world.get("/health_score/hs/values", companyId=company)

    assert [one["value"] for one in answer["values"]] == values


def test_a_lifecycle_at_position_0_comes_before_one_at_1(world):
    world.put("/_mock/state", {"lifecycles": [{"name": "b", "position": 1}, {"name": "a", "position": 0}]})

    assert [one["name"] for one in world.get("/lifecycle")["lifecycles"]] == ["a", "b"]


def test_a_meeting_that_lasts_0_seconds_keeps_its_length(world):
    times = {"startAt": "2026-05-01T10:00:00Z", "endAt": "2026-05-01T10:30:00Z"}

    state = world.put("/_mock/state", {"meetings": [{"title": "m", "duration": 0, **times}]})

    assert state["meetings"][0]["duration"] == 0


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("acknowledged", True, ["a"]),
        ("acknowledged", 1, []),
        ("acknowledged", "true", []),
        ("severity", "high", ["b"]),
        ("title", "a", ["a"]),
        ("title", "A", []),
    ],
)
def test_a_filter_on_signals_finds_the_very_value(world, field, value, found):
    signals = [{"title": "a", "acknowledged": True}, {"title": "b", "severity": "high"}]
    world.put("/_mock/state", {"signals": signals})

    answer = world.get("/signal/entities", filters=[{"field": field, "value": value}])

    assert [one["title"] for one in answer["signals"]] == found


@pytest.mark.parametrize(
    ("definition", "count"),
    [
        ({}, 9),
        ({"members": []}, 0),
        ({"members": ["c1", "gone"]}, 1),
        ({"filters": [{"fieldName": "name", "fieldType": "String", "filterType": "any_value"}]}, 1),
        ({"type": "people", "members": ["p1", "c1"]}, 1),
        (
            {
                "members": ["c1"],
                "filters": [{"fieldName": "name", "fieldType": "String", "filterType": "is_unknown"}],
            },
            1,
        ),
    ],
)
def test_the_count_of_a_segment_is_computed_unless_it_does_not_say_whom_it_holds(world, definition, count):
    world.put("/_mock/state", {**RECORDS, "segments": [{"name": "S", "companies_count": 9, **definition}]})

    kind = definition.get("type", "companies")
    assert world.get("/segment", type=kind)["segments"][0]["companies_count"] == count


@pytest.mark.parametrize(
    ("note", "whole"),
    [
        ({"entity": "g1", "company": ["c9"], "entityName": "A"}, {"entity": "c1", "people": []}),
        ({"entity": "u1", "people": ["p9"]}, {"entity": "p1", "company": [], "entityName": "Ann"}),
    ],
)
def test_a_note_of_a_state_keeps_the_records_that_it_lists_beside_the_one_it_is_on(world, note, whole):
    (answer,) = world.put("/_mock/state", {**RECORDS, "notes": [{"text": "t", **note}]})["notes"]

    assert kept(answer, *note, *whole) == {**note, **whole}
