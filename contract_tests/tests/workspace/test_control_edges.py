"""The edges of the control API: how many faults there may be, which calls a filter shows, and clocks."""

import json
from urllib.parse import urlencode

import pytest

from mock_custify.workspace.messages.destination import DestinationSettings
from mock_custify.workspace.traffic.faults import MOST_RULES
from mock_custify.workspace.traffic.redaction import HIDDEN, body_without_key, query_without_key

RULE = {"status": 500}
NOW = "2026-05-01T12:00:00.000Z"


def test_as_many_faults_as_allowed_are_kept_and_one_more_is_refused(api):
    api.put("/_mock/faults", {"faults": [RULE] * MOST_RULES})
    full = api.status

    answer = api.post("/_mock/faults", RULE)

    assert (full, api.status) == (200, 400)
    assert answer == {"error": "at most 1000 faults are kept: DELETE /_mock/faults first"}
    assert len(api.get("/_mock/faults")["faults"]) == MOST_RULES


def test_the_last_fault_that_fits_is_kept(api):
    api.put("/_mock/faults", {"faults": [RULE] * (MOST_RULES - 1)})

    api.post("/_mock/faults", RULE)

    assert (api.status, len(api.get("/_mock/faults")["faults"])) == (200, MOST_RULES)


def test_more_faults_at_once_than_allowed_are_refused_and_none_is_kept(api):
    answer = api.put("/_mock/faults", {"faults": [RULE] * (MOST_RULES + 1)})

    assert (api.status, answer) == (
        400,
        {"error": "at most 1000 faults are kept: DELETE /_mock/faults first"},
    )
    assert api.get("/_mock/faults")["faults"] == []


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ({"limit": "1"}, ["/note"]),
        ({"limit": "3"}, ["/people/all", "/company/all", "/note"]),
        ({"limit": "9"}, ["/people/all", "/company/all", "/note"]),
        ({"since": NOW}, ["/people/all", "/company/all", "/note"]),
        ({"since": "2026-05-01T14:00:00 02:00"}, ["/people/all", "/company/all", "/note"]),
        ({"since": "2026-05-01T12:00:00.001Z"}, []),
        ({"path": "/people/{id}"}, ["/people/all"]),
        ({"path": "/{id}"}, ["/note"]),
        ({"path": "/{id"}, []),
        ({"path": "*all"}, ["/people/all", "/company/all"]),
        ({"path": "*{id"}, []),
        ({"path": "*{a-b}"}, []),
        ({"status": "2xx", "path": "/n*"}, ["/note"]),
    ],
)
def test_a_filter_of_the_journal_shows_what_it_asks_for(api, query, paths):
    api.freeze(NOW)
    api.get("/people/all")
    api.get("/company/all")
    api.get("/note")

    shown = api.get(f"/_mock/requests?{urlencode(query)}")["requests"]

    assert [call["path"] for call in shown] == paths


def test_a_star_in_a_path_stands_for_a_line_break_too(api):
    api.get("/people/a%0Ab")

    shown = api.get("/_mock/requests?path=/people/*")["requests"]

    assert [call["path"] for call in shown] == ["/people/a\nb"]


def test_a_date_that_is_none_is_quoted_by_its_first_80_letters(api):
    answer = api.get("/_mock/requests", since="x" * 100)

    assert answer == {"error": f"since: {'x' * 80!r} is neither the number of a request nor a date"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"freeze": NOW, "set": NOW}, "a clock is either frozen or set: send freeze or set, not both"),
        ({}, "a clock is moved by freeze, set or advance: send one of them"),
    ],
)
def test_a_clock_that_is_moved_in_no_way_or_two_is_refused_in_words(api, change, error):
    assert api.put("/_mock/clock", change) == {"error": error}


@pytest.mark.parametrize(("moment", "status"), [("9000-12-31T23:59:59Z", 200), ("9001-01-01", 400)])
def test_the_last_year_of_a_clock_is_the_year_9000(api, moment, status):
    api.put("/_mock/clock", {"freeze": moment})

    assert api.status == status


@pytest.mark.usefixtures("tokyo")
def test_the_last_year_of_a_clock_ends_in_utc_wherever_the_server_stands(api):
    api.freeze("9000-12-31T23:59:59Z")

    assert api.status == 200


def test_a_frozen_clock_that_is_frozen_again_stays_where_it_is(api):
    api.freeze(NOW)

    answer = api.put("/_mock/clock", {"freeze": True})

    assert answer == {"now": NOW, "frozen": True, "offset": 0.0}


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("user_id=a-key", f"user_id={HIDDEN}"),
        ("user_id=a%2Dkey&b=", f"user_id={HIDDEN}&b="),
        ("user_id=x%20y", "user_id=x%20y"),
        ("user_id=x+y", "user_id=x+y"),
        ("user_id=%61b", "user_id=%61b"),
        ("a-key=1&b=a-key", f"{HIDDEN}=1&b={HIDDEN}"),
        ("", ""),
    ],
)
def test_a_query_is_kept_without_the_key_and_otherwise_as_it_is(query, kept):
    assert query_without_key(query, "a-key").replace("%5B", "[").replace("%5D", "]") == kept


@pytest.mark.parametrize(
    ("key", "query", "kept"),
    [
        ("a key", "user_id=a+key&b=c", f"user_id={HIDDEN}&b=c"),
        ("a key", "user_id=a%20key&b=c", f"user_id={HIDDEN}&b=c"),
        ("a+key", "user_id=a+key&b=1+2", f"user_id={HIDDEN}&b=1+2"),
        ("a+key", "user_id=%61+key&b=1+2", f"user_id={HIDDEN}&b=1+2"),
        ("a+key", "user_id=a%2Bkey&b=c", f"user_id={HIDDEN}&b=c"),
    ],
)
def test_a_key_with_a_blank_or_a_plus_is_kept_out_of_a_query(key, query, kept):
    assert query_without_key(query, key).replace("%5B", "[").replace("%5D", "]") == kept


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b'{"a": "a-key"}', b'{"a": "[redacted]"}'),
        (b'{"a":"\\u0061-key"}', b'{"a":"[redacted]"}'),
        (b'{"\\u0061\\u002dkey":1}', b'{"[redacted]":1}'),
        (b'{"a": "\\u0062-key"}', b'{"a": "\\u0062-key"}'),
        (b"\\u0062-key", b"\\u0062-key"),
        (b'"\\u0062\xff"', b'"\\u0062\xff"'),
        (b"[" * 9999 + b"\\u0062", b"[" * 9999 + b"\\u0062"),
    ],
)
def test_a_body_is_kept_without_the_key_and_otherwise_as_it_is(body, kept):
    assert body_without_key(body, "a-key") == kept


@pytest.mark.parametrize("key", ['a "key"', "a\\key", "clé"])
def test_a_key_that_json_escapes_is_kept_out_of_a_body(key):
    body = json.dumps({"user_id": key}).encode()

    assert body_without_key(body, key) == b'{"user_id":"[redacted]"}'


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ({"apiKey": "secret", "a": 1}, {"apiKey": HIDDEN, "b": 2}, {"b": 2, "apiKey": "secret"}),
        ({"a": 1}, {"apiKey": HIDDEN, "b": 2}, {"b": 2}),
        ({"apiKey": "secret"}, {"apiKey": "other"}, {"apiKey": "other"}),
        ({"apiKey": "secret"}, {"b": 2}, {"b": 2}),
    ],
)
def test_settings_that_were_shown_with_a_hidden_key_keep_the_key_when_they_are_put_back(old, new, kept):
    before = DestinationSettings(config=old)

    after = DestinationSettings(profile="production", config=new).replacing(before)

    assert (after.config, after.profile) == (kept, "production")


@pytest.mark.parametrize(
    "query", ["user_id=my+secret+key", "user_id=my%20secret%20key", "user_id=my secret key"]
)
def test_a_key_with_blanks_is_hidden_in_a_query_however_they_are_written(query):
    assert "secret" not in query_without_key(query, "my secret key")


@pytest.mark.parametrize(
    ("seconds", "moment"), [(-86_400, "2030-01-30"), (86_400, "2030-02-01"), (-0.5, "2030-01-30")]
)
def test_a_running_clock_is_moved_forth_and_back(api, seconds, moment):
    api.put("/_mock/clock", {"set": "2030-01-31"})

    answer = api.put("/_mock/clock", {"set": "2030-01-31", "advance": seconds})

    assert (answer["now"][:10], answer["frozen"]) == (moment, False)


def test_moving_a_running_clock_twice_adds_up(api):
    api.put("/_mock/clock", {"set": "2030-01-31"})
    api.put("/_mock/clock", {"advance": -86_400})

    assert api.put("/_mock/clock", {"advance": -86_400})["now"][:10] == "2030-01-29"


@pytest.mark.parametrize(
    "moment", ["1970-01-01T00:00:00.000Z", "1000-01-01T00:00:00.000Z", "8999-12-31T23:59:59.999Z"]
)
def test_a_clock_may_be_stopped_long_ago_and_far_ahead(api, moment):
    api.freeze(moment)

    answer = api.post("/people", {"user_id": "u1"})

    assert (api.get("/_mock/clock")["now"], answer["created_at"]) == (moment, moment)
