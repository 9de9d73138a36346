"""Meetings: with whom they are, in which order they come, and what one shows."""

import pytest

STATE = {
    "companies": [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}],
    "people": [
        {"id": "p1", "user_id": "u1", "email": "ann@x.io"},
        {"id": "p2", "user_id": "u2", "email": "bob@x.io"},
    ],
    "meetings": [
        {"title": "a", "startAt": "2026-01-02", "company": ["g1"], "people": ["u1"]},
        {"title": "b", "startAt": "2026-01-03", "company": ["g1"], "people": ["u2"]},
        {"title": "c", "startAt": "2026-01-01", "company": ["g2"]},
    ],
}


@pytest.fixture
def world(api):
    api.put("/_mock/state", STATE)
    return api


def titles(answer):
    return [one["title"] for one in answer["meetings"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["b", "a", "c"]),
        ({"company_id": "g1"}, ["b", "a"]),
        ({"user_id": "u1"}, ["a"]),
        ({"email": "bob@x.io"}, ["b"]),
        ({"company_id": "g1", "user_id": "u1"}, ["a"]),
        ({"company_id": "g2", "user_id": "u1"}, []),
        ({"company_id": "c1"}, []),
        ({"user_id": "x"}, []),
        ({"email": "x"}, []),
        ({"company_id": ""}, ["b", "a", "c"]),
    ],
)
def test_meetings_are_narrowed_by_your_ids(world, query, found):
    answer = world.get("/calendar/meeting", **query)

    assert (titles(answer), answer["total"]) == (found, len(found))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("company/c1", ["b", "a"]),
        ("company/g1", []),
        ("people/p2", ["b"]),
        ("people/c1", []),
        ("people/x", []),
    ],
)
def test_meetings_of_a_record_are_found_by_its_internal_id(world, path, found):
    assert titles(world.get(f"/calendar/meeting/{path}")) == found


def test_meetings_of_a_record_are_narrowed_further(world):
    assert titles(world.get("/calendar/meeting/company/c1", user_id="u1")) == ["a"]


def test_meetings_of_another_kind_of_record_are_refused(world):
    answer = world.get("/calendar/meeting/deals/d1")

    error = "meetings are listed for company or people, not for 'deals'"
    assert (world.status, answer) == (400, {"error": error})


def test_meetings_come_in_the_order_of_sorting(world):
    answer = world.get("/calendar/meeting", sorting={"field": "title", "direction": "asc"})

    assert titles(answer) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("ann@x.io", {"email": "ann@x.io"}),
        ("Ann", {"name": "Ann"}),
        ({"name": "Ann", "email": "ann@x.io", "people": "us1"}, None),
    ],
)
def test_the_organizer_of_a_meeting_is_an_object(api, given, shown):
    api.put("/_mock/state", {"meetings": [{"title": "m", "organizer": given}]})

    (meeting,) = api.get("/calendar/meeting")["meetings"]

    assert meeting["organizer"] == (shown or given)


@pytest.mark.parametrize("fields", [{"startAt": "2026-01-01T10:00Z", "endAt": "2026-01-01T10:30Z"}])
@pytest.mark.parametrize(("given", "shown"), [({}, 1800), ({"duration": 59.6}, 60)])
def test_the_length_of_a_meeting_is_in_whole_seconds(api, fields, given, shown):
    api.put("/_mock/state", {"meetings": [{"title": "m", **fields, **given}]})

    (meeting,) = api.get("/calendar/meeting")["meetings"]

    assert repr(meeting["duration"]) == repr(shown)


def test_a_meeting_leaves_out_what_it_does_not_have(api):
    api.put("/_mock/state", {"meetings": [{"id": "m1", "title": "m", "created_at": "2026-01-01"}]})

    (meeting,) = api.get("/calendar/meeting")["meetings"]

    lists = {"participants": [], "company": [], "people": [], "tags": []}
    times = {"created_at": "2026-01-01", "updated_at": "2026-01-01"}
    assert meeting == {"id": "m1", "_id": "m1", "title": "m", **lists, **times}


def test_a_meeting_is_answered_whole(world):
    given = {
        "id": "m1",
        "title": "Review",
        "startAt": "2026-01-01T10:00:00Z",
        "endAt": "2026-01-01T11:00:00Z",
        "duration": 3600,
        "recurring": True,
        "organizer": {"name": "Uma", "email": "uma@x.io", "people": "us1"},
        "participants": [
            {
                "name": "Ann",
                "email": "ann@x.io",
                "people": "p1",
                "status": "accepted",
                "comment": "late",
                "optional": False,
                "organizer": False,
            }
        ],
        "company": ["c1"],
        "people": ["p1"],
        "tags": ["t1"],
        "created_at": "2025-01-01",
        "updated_at": "2025-01-02",
    }
    world.put("/_mock/state", {**STATE, "meetings": [given]})

    assert world.get("/calendar/meeting")["meetings"] == [{**given, "_id": "m1"}]
