"""Events: what is taken, what is dropped, and what counts once."""

import pytest

EVENT = {"name": "e", "created_at": "2026-01-01"}
DATE = "created_at must be a date such as 2026-01-31T12:00:00.000Z, got"


def test_an_event_is_taken_with_an_empty_array(api):
    api.person()

    answer = api.post("/event", {**EVENT, "user_id": "u1", "email": None, "metadata": []})

    assert (api.status, answer) == (202, [])


def test_an_event_for_nobody_is_not_found_and_kept_as_dropped_with_the_reason(api):
    answer = api.post("/event", {**EVENT, "user_id": "nobody"})

    reason = "there is no person with user_id 'nobody'"
    assert (api.status, answer) == (404, {"error": reason})
    assert api.get("/_mock/state")["events"][0]["dropped"] == reason


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"user_id": "u1", "created_at": "2026-01-01"}, "name is required"),
        ({**EVENT, "name": "", "user_id": "u1"}, "name must not be empty"),
        ({"name": "e", "user_id": "u1"}, "created_at is required"),
        (EVENT, "user_id, email or company_id is required: the event names no person and no company"),
    ],
)
def test_an_event_without_a_name_a_time_or_anybody_is_refused(api, body, error):
    api.person()

    answer = api.post("/event", body)

    assert (api.status, answer, api.get("/_mock/state")["events"]) == (400, {"error": error}, [])


@pytest.mark.parametrize(
    ("moment", "shown"),
    [("", '""'), ("yesterday", '"yesterday"'), ("2026-13-01", '"2026-13-01"'), (None, "null")],
)
def test_an_event_at_no_date_is_refused(api, moment, shown):
    api.person()

    answer = api.post("/event", {"name": "e", "user_id": "u1", "created_at": moment})

    assert (api.status, answer) == (400, {"error": f"{DATE} {shown}"})


def test_a_repeated_deduplication_id_counts_once(api):
    api.person()
    event = {**EVENT, "user_id": "u1", "deduplication_id": "d"}

    api.post("/event", event)
    answer = api.post("/event", event)

    assert (api.status, answer) == (202, [])
    assert len(api.get("/_mock/state")["events"]) == 1


def test_a_dropped_event_does_not_use_up_its_deduplication_id(api):
    event = {**EVENT, "user_id": "u1", "deduplication_id": "d"}
    api.post("/event", event)
    api.person()

    api.post("/event", event)

    assert [one["dropped"] is None for one in api.get("/_mock/state")["events"]] == [False, True]


@pytest.fixture
def named(api):
    """A workspace with two people and two companies, u1 with an email."""
    people = [{"user_id": "u1", "email": "ann@x.io"}, {"user_id": "u2"}]
    api.put("/_mock/state", {"people": people, "companies": [{"company_id": "g1"}, {"company_id": "g2"}]})
    return api


@pytest.mark.parametrize("first", [{"user_id": "u1"}, {"company_id": "g1"}, {"email": "ann@x.io"}])
@pytest.mark.parametrize(
    "second",
    [
        {"user_id": "u1", "name": "other"},
        {"user_id": "u1", "created_at": "2036-01-01"},
        {"user_id": "u2"},
        {"email": "ann@x.io"},
        {"company_id": "g1"},
        {"company_id": "g2"},
    ],
)
def test_a_deduplication_id_counts_once_whatever_else_the_second_event_says(named, first, second):
    named.post("/event", {**EVENT, "deduplication_id": "d", **first})

    named.post("/event", {**EVENT, "deduplication_id": "d", **second})

    assert len(named.get("/_mock/state")["events"]) == 1


@pytest.mark.parametrize(("first", "second", "kept"), [(7, "7", "7"), ("7", 7.0, "7"), (0, "0", "0")])
def test_a_deduplication_id_that_is_a_number_is_its_text(named, first, second, kept):
    named.post("/event", {**EVENT, "user_id": "u1", "deduplication_id": first})

    named.post("/event", {**EVENT, "user_id": "u1", "deduplication_id": second})

    assert [event["deduplication_id"] for event in named.get("/_mock/state")["events"]] == [kept]


@pytest.mark.parametrize("nothing", [None, ""])
def test_events_without_a_deduplication_id_all_count(named, nothing):
    named.post("/event", {**EVENT, "user_id": "u1", "deduplication_id": nothing})

    named.post("/event", {**EVENT, "user_id": "u1", "deduplication_id": nothing})

    assert len(named.get("/_mock/state")["events"]) == 2


def test_a_deduplication_id_is_remembered_however_many_events_came_since(api):
    first = {"name": "e", "company_id": "g1", "deduplication_id": "d", "created_at": "2020-01-01"}
    others = [{"name": "e", "company_id": "g1"}] * 2000
    api.put("/_mock/state", {"companies": [{"company_id": "g1"}], "events": [first, *others]})

    api.post("/event", {**EVENT, "company_id": "g1", "deduplication_id": "d"})

    assert api.status == 202
    assert api.delete("/_mock/state")["wiped"]["events"] == 2001


@pytest.mark.parametrize(
    ("path", "named_by"), [("/people", {"user_id": "u1"}), ("/company", {"company_id": "g1"})]
)
def test_a_deleted_record_takes_its_events_along_and_their_deduplication_ids_may_come_again(
    named, path, named_by
):
    named.post("/event", {**EVENT, **named_by, "deduplication_id": "d"})
    named.delete(path, **named_by)
    assert named.get("/_mock/state")["events"] == []

    named.post("/event", {**EVENT, "user_id": "u2", "deduplication_id": "d"})

    assert [event["user_id"] for event in named.get("/_mock/state")["events"]] == ["u2"]


def test_restoring_a_snapshot_frees_the_deduplication_ids_used_since(named):
    named.put("/_mock/snapshots/before", {})
    named.post("/event", {**EVENT, "user_id": "u1", "deduplication_id": "d"})
    named.post("/_mock/snapshots/before/restore", {})

    named.post("/event", {**EVENT, "user_id": "u1", "deduplication_id": "d"})

    assert len(named.get("/_mock/state")["events"]) == 1


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ({"user_id": "nobody"}, "there is no person with user_id 'nobody'"),
        ({"email": "nobody@x.io"}, "there is no person with email 'nobody@x.io'"),
    ],
)
def test_an_event_of_an_unknown_person_at_a_known_company_is_dropped_and_not_the_companys(named, who, reason):
    answer = named.post("/event", {**EVENT, "company_id": "g1", **who})
    status = named.status

    (kept,) = named.get("/_mock/state")["events"]
    company = named.get("/company", company_id="g1")["companies"][0]
    assert (status, answer) == (404, {"error": reason})
    assert (kept["person"], kept["company"], kept["dropped"]) == (None, None, reason)
    assert company["last_seen_at"] is None
    assert named.get(f"/company/usage/{company['id']}")["count"] == 0


def test_an_event_of_a_company_alone_is_the_companys(named):
    named.post("/event", {**EVENT, "company_id": "g1"})

    (kept,) = named.get("/_mock/state")["events"]
    company = named.get("/company", company_id="g1")["companies"][0]["id"]
    assert (kept["person"], kept["company"], kept["dropped"]) == (None, company, None)


def test_an_event_of_a_known_person_at_an_unknown_company_is_the_persons(named):
    named.post("/event", {**EVENT, "user_id": "u1", "company_id": "nowhere"})

    (kept,) = named.get("/_mock/state")["events"]
    assert (kept["company"], kept["company_id"], kept["dropped"]) == (None, "nowhere", None)


def test_an_event_names_only_whom_it_named(named):
    named.post("/event", {**EVENT, "user_id": "u1"})

    (kept,) = named.get("/_mock/state")["events"]
    assert (kept["user_id"], kept["email"], kept["company_id"]) == ("u1", None, None)


@pytest.mark.parametrize("value", [None, "", 0, False, 1.5, "2026-01-31", " x "])
def test_metadata_takes_any_value_as_it_came(named, value):
    named.post("/event", {**EVENT, "user_id": "u1", "metadata": {"key": value, "other": 1}})

    (kept,) = named.get("/_mock/state")["events"]
    assert repr(kept["metadata"]) == repr({"key": value, "other": 1})


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1769855400123, "2026-01-31T10:30:00.123Z"),
        ("2026-01-31 10:30", "2026-01-31 10:30"),
        ("2026-01-31T10:30:00+02:00", "2026-01-31T10:30:00+02:00"),
    ],
)
def test_an_event_happened_when_it_says_and_its_date_stays_as_it_was_sent(named, sent, kept):
    named.post("/event", {"name": "e", "user_id": "u1", "created_at": sent})

    assert named.get("/_mock/state")["events"][0]["created_at"] == kept


def test_the_name_of_an_event_may_be_a_number_and_keeps_its_blanks(named):
    named.post("/event", {**EVENT, "name": 404, "user_id": "u1"})
    named.post("/event", {**EVENT, "name": " Paid ", "user_id": "u1"})

    assert [event["name"] for event in named.get("/_mock/state")["events"]] == ["404", " Paid "]
