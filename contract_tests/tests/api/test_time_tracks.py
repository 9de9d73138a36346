"""Time that users spend on companies and people."""

import pytest

from support.vendor_work import mistakes

STATE = {
    "users": [{"id": "m1", "email": "jane@x.io"}, {"id": "m2", "email": "joe@x.io"}],
    "tags": [
        {"id": "t1", "name": "a", "category": "time_tracker"},
        {"id": "t2", "name": "b", "category": "note"},
    ],
    "companies": [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}],
    "people": [{"id": "p1", "user_id": "u1", "email": "ann@x.io"}],
}
ENTRY = {"name": "Call", "duration": 60, "startedDate": "2026-01-01T12:00:00.000Z"}


@pytest.fixture(params=["/time-track", "/time_track"])
def path(request):
    """The path in both of the vendor's spellings."""
    return request.param


@pytest.fixture
def world(api):
    """A workspace with two users, two tags, two companies and a person."""
    state = api.put("/_mock/state", STATE)
    assert api.status == 200, state
    return api


def call(api, method, path, body, **query):
    """Return the answer to a write of an entry, by the first user unless the query says otherwise."""
    return api.call(method, path, body, **{"user": "m1", **query})


def test_time_is_put_on_record_and_listed(world, path):
    entry = call(world, "POST", path, {**ENTRY, "company": "c1", "people": "p1", "tags": ["t1"]})

    assert {name: entry[name] for name in ("name", "duration", "startDate", "user")} == {
        "name": "Call",
        "duration": 60,
        "startDate": "2026-01-01T12:00:00.000Z",
        "user": "m1",
    }
    assert (entry["company"], entry["people"], entry["tags"]) == (["c1"], ["p1"], ["t1"])
    assert mistakes("TimeTrackListing", entry) == []
    assert world.get(path) == {"time_track": [entry], "total": 1}


@pytest.mark.parametrize(
    ("body", "query", "links"),
    [
        ({"company": "c1"}, {}, (["c1"], [])),
        ({}, {"company_id": "g1"}, (["c1"], [])),
        ({"people": "p1"}, {}, ([], ["p1"])),
        ({}, {"user_id": "u1"}, ([], ["p1"])),
        ({}, {"email": "ann@x.io"}, ([], ["p1"])),
        ({"company": "c1"}, {"user": "jane@x.io", "user_id": "u1"}, (["c1"], ["p1"])),
    ],
)
def test_an_entry_names_its_company_and_its_person_in_the_body_or_the_query(world, body, query, links):
    entry = call(world, "POST", "/time-track", {**ENTRY, **body}, **query)

    assert ((entry["company"], entry["people"]), entry["user"]) == (links, "m1")


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_entry_needs_a_user(world, method):
    answer = world.call(method, "/time-track", {**ENTRY, "company": "c1"})

    assert (world.status, "user" in answer["error"]) == (400, True)


@pytest.mark.parametrize("missing", list(ENTRY))
def test_an_entry_needs_a_name_a_duration_and_a_start(world, missing):
    body = {**ENTRY, "company": "c1"}
    del body[missing]

    answer = call(world, "POST", "/time-track", body)

    assert (world.status, missing in answer["error"]) == (400, True)


@pytest.mark.parametrize("body", [{"duration": "long"}, {"duration": -1}, {"duration": 1.5}, {"name": ""}])
def test_an_entry_with_a_value_of_another_type_is_refused(world, body):
    call(world, "POST", "/time-track", {**ENTRY, "company": "c1", **body})

    assert world.status == 400


@pytest.mark.parametrize(
    ("body", "query", "error"),
    [
        ({}, {}, "company or people in the body, or company_id, user_id or email in the query, is required"),
        ({"company": "c1"}, {"user": "m9"}, "user: there is no user with the id or email 'm9'"),
        ({"company": "c9"}, {}, "company: there is no company with the id 'c9'"),
        ({"people": "p9"}, {}, "people: there is no person with the id 'p9'"),
        ({}, {"company_id": "g9"}, "there is no company with the company_id 'g9'"),
        ({}, {"user_id": "u9"}, "there is no person with the user_id 'u9'"),
        ({}, {"email": "x@x.io"}, "there is no person with the email 'x@x.io'"),
        (
            {"company": "c1", "tags": ["t2"]},
            {},
            "tags: the tag 't2' has the category note, not time_tracker",
        ),
        (
            {"startedDate": "soon"},
            {"company_id": "g1"},
            "startedDate: 'soon' is not a date: send one such as 2026-01-31",
        ),
    ],
)
def test_an_entry_with_a_mistake_is_refused_and_not_kept(world, body, query, error):
    answer = call(world, "POST", "/time-track", {**ENTRY, **body}, **query)

    assert (world.status, answer) == (400, {"error": error})
    assert world.get("/time-track")["total"] == 0


@pytest.mark.parametrize("place", ["path", "query", "body"])
def test_an_entry_is_updated_by_its_id_wherever_that_stands(world, path, place):
    entry = call(world, "POST", path, {**ENTRY, "company": "c1", "tags": ["t1"]})
    world.freeze("2030-01-01")
    longer = {**ENTRY, "name": "Visit", "duration": 120}
    where = {
        "path": (f"{path}/{entry['id']}", longer, {}),
        "query": (path, longer, {"id": entry["id"]}),
        "body": (path, {**longer, "id": entry["id"]}, {}),
    }

    target, body, query = where[place]
    answer = call(world, "PUT", target, body, **query)

    changed = {"name": "Visit", "duration": 120, "updated_at": "2030-01-01T00:00:00.000Z"}
    assert answer == {**entry, **changed}
    assert world.get(path)["time_track"] == [answer]


def test_an_update_without_an_id_is_about_the_latest_entry_of_that_name_on_that_record(world):
    bodies = [{"company": "c1"}, {"company": "c1"}, {"company": "c2"}]
    first, second, other = (call(world, "POST", "/time-track", {**ENTRY, **body}) for body in bodies)

    answer = call(world, "PUT", "/time-track", {**ENTRY, "duration": 90}, company_id="g1")

    durations = {entry["id"]: entry["duration"] for entry in world.get("/time-track")["time_track"]}
    assert answer["id"] == second["id"]
    assert durations == {first["id"]: 60, second["id"]: 90, other["id"]: 60}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"id": "x"}, "there is no time entry with the id 'x'"),
        (
            {},
            (
                "the user has no time entry 'Call' for this company or person:"
                " give the id of the entry to update"
            ),
        ),
    ],
)
def test_an_update_of_no_entry_is_refused(world, query, error):
    call(world, "POST", "/time-track", {**ENTRY, "company": "c1"}, user="m2")

    answer = call(world, "PUT", "/time-track", {**ENTRY, "company": "c1"}, **query)

    assert (world.status, answer) == (400, {"error": error})


ENTRIES = [
    {"name": "a", "duration": 1, "startDate": "2026-01-01T10:00:00Z", "user": "m1", "company": ["g1"]},
    {"name": "b", "duration": 2, "startDate": "2026-01-03", "user": "joe@x.io", "people": ["u1"]},
    {"name": "c", "duration": 3, "startDate": "2026-01-02", "user": "m2", "company": ["c2"], "tags": ["t1"]},
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, "bca"),
        ({"company": "c1"}, "a"),
        ({"company_id": "g2"}, "c"),
        ({"people": "p1"}, "b"),
        ({"user_id": "u1"}, "b"),
        ({"email": "ann@x.io"}, "b"),
        ({"user": "m2"}, "bc"),
        ({"user": "joe@x.io"}, "bc"),
        ({"tags": "t1"}, "c"),
        ({"tags": "t2, t1"}, "c"),
        ({"tags": '["t1"]'}, "c"),
        ({"start_date": "2026-01-02"}, "bc"),
        ({"end_date": "2026-01-02"}, "ca"),
        ({"start_date": "2026-01-01", "end_date": "2026-01-01"}, "a"),
        ({"end_date": "2026-01-01T09:00:00Z"}, ""),
        ({"company_id": "g9"}, ""),
        ({"user": "m9"}, ""),
        ({"user": "m2", "company": "c2"}, "c"),
        ({"sorting": '{"field": "name", "direction": "asc"}'}, "abc"),
        ({"itemsPerPage": "1", "page": "2"}, "c"),
    ],
)
def test_entries_are_listed_latest_start_first_and_narrowed_by_what_is_asked_for(world, query, names):
    world.put("/_mock/state", {**STATE, "time_track": ENTRIES})

    assert "".join(entry["name"] for entry in world.get("/time-track", **query)["time_track"]) == names


@pytest.mark.parametrize("name", ["start_date", "end_date"])
def test_a_date_that_is_none_is_refused(world, name):
    answer = world.get("/time-track", **{name: "soon"})

    assert (world.status, answer) == (
        400,
        {"error": f"{name}: 'soon' is not a date: send one such as 2026-01-31"},
    )


@pytest.mark.parametrize("place", ["path", "query"])
def test_an_entry_is_deleted_by_its_id_in_the_path_or_the_query(world, path, place):
    entry = call(world, "POST", path, {**ENTRY, "company": "c1"})["id"]
    target, query = (f"{path}/{entry}", {}) if place == "path" else (path, {"id": entry})

    first = world.delete(target, **query)
    second = world.delete(target, **query)

    assert (first, world.status) == ({"deleted": 1}, 404)
    assert second == {"error": f"there is no time entry with the id {entry!r}"}
    assert world.get(path)["total"] == 0


def test_a_deletion_that_names_no_entry_is_refused(world, path):
    answer = world.delete(path)

    assert (world.status, answer) == (400, {"error": "id is required in the query or the path"})


@pytest.mark.parametrize(("path_of_record", "left"), [("/company/c1", "bc"), ("/people/p1", "ca")])
def test_a_deleted_record_takes_its_entries_along(world, path_of_record, left):
    world.put("/_mock/state", {**STATE, "time_track": ENTRIES})

    world.delete(path_of_record)

    assert "".join(entry["name"] for entry in world.get("/time-track")["time_track"]) == left


def test_entries_of_a_state_come_back_as_they_were(world):
    call(world, "POST", "/time-track", {**ENTRY, "company": "c1"})
    state = world.get("/_mock/state")

    assert world.put("/_mock/state", state) == state
