"""What the fate of a message says, and the settings that decide it."""

import pytest

from support.api import workspace_of
from support.dataplane import KEY, Source, bearer
from support.delivery_cases import LATE, SOON, break_people, identify


def test_a_fate_holds_the_message_as_received_and_as_processed():
    source = Source()
    message = identify("u1", name="Ann")

    source.send(message)

    found = source.delivery()
    assert found["message"] == message
    assert found["processed"]["rudderId"]


def test_no_key_stands_in_a_fate():
    source = Source()

    source.send(identify("u1"))

    assert KEY not in str(source.deliveries())
    assert source.delivery()["requests"][0]["headers"]["Authorization"] == "[redacted]"


def test_no_key_stands_in_the_fate_of_what_was_tried_again():
    source = Source(options=SOON)
    break_people(source, 503, times=2)

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})
    source.app.data_plane.dispatcher.settle(60)

    assert len(source.delivery()["requests"]) == 6
    assert KEY not in str(source.deliveries())


def test_a_delivered_message_does_not_say_what_kept_it():
    source = Source(options=SOON)
    break_people(source, 503, times=1)

    source.send(identify("u1"), identify("u1"))
    source.app.data_plane.dispatcher.settle(60)

    told = [(found["reason"], found["code"], found["next_attempt_at"]) for found in source.deliveries()]
    assert told == [("", 200, None)] * 2


def test_a_dropped_connection_counts_as_504_and_says_when_it_is_tried_again():
    source = Source(options=LATE)
    source.control("PUT", "/_mock/clock", json={"freeze": "2026-05-01T12:00:00.000Z"})
    source.control("PUT", "/_mock/faults", json={"faults": [{"path": "/people", "drop": True}]})

    source.send(identify("u1"))

    found = source.delivery()
    assert (found["status"], found["code"]) == ("retrying", 504)
    assert found["next_attempt_at"] == "2026-05-01T12:16:40.000Z"


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"userId": "u2"}, [2]),
        ({"messageId": "m1"}, [1]),
        ({"anonymousId": "a3"}, [3]),
        ({"status": "filtered"}, [3]),
        ({"type": "identify", "limit": 1}, [2]),
        ({"since": 1}, [2, 3]),
        ({"since": "2000-01-01"}, [1, 2, 3]),
        ({"since": "2100-01-01T00:00:00+00:00"}, []),
        ({"limit": 0}, []),
    ],
)
def test_fates_are_found(query, numbers):
    source = Source()
    source.send({**identify("u1"), "messageId": "m1"}, identify("u2"), {"type": "page", "anonymousId": "a3"})

    found = source.deliveries(**query)

    assert [delivery["number"] for delivery in found] == numbers


def test_the_fate_of_a_person_with_a_number_is_found_by_its_digits():
    source = Source()
    source.send(identify(7), identify(77))

    found = source.deliveries(userId="7")

    assert [delivery["userId"] for delivery in found] == [7]


def test_fates_since_a_moment_begin_with_that_moment():
    source = Source()
    source.control("PUT", "/_mock/clock", json={"freeze": "2026-05-01T12:00:00.000Z"})
    source.send(identify("u1"))

    assert len(source.deliveries(since="2026-05-01T12:00:00.000Z")) == 1


@pytest.mark.parametrize("query", [{"since": "soon"}, {"status": "lost"}, {"status": "null"}, {"limit": -1}])
def test_a_question_that_makes_no_sense_is_refused(query):
    answer = Source().client.get("/_mock/deliveries", query_string=query, headers=bearer())

    assert answer.status_code == 400


def test_forgotten_fates_leave_their_numbers():
    source = Source()
    source.send(identify("u1"))
    source.control("DELETE", "/_mock/deliveries")

    source.send(identify("u2"))

    assert [found["number"] for found in source.deliveries()] == [2]


def test_the_settings_of_the_destination_are_read_back():
    source = Source()
    settings = {
        "profile": "production",
        "Config": {"sendAnonymousId": True},
        "deduplicate": True,
        "enabled": False,
    }

    source.configure(**settings)

    assert source.control("GET", "/_mock/destination") == settings


def test_the_settings_go_back_to_where_they_began():
    source = Source()
    source.configure(profile="production")

    source.control("DELETE", "/_mock/destination")

    assert source.control("GET", "/_mock/destination")["profile"] == "documented"


def test_settings_that_are_left_out_take_their_default():
    source = Source()
    source.configure(profile="production", Config={"sendAnonymousId": True}, deduplicate=True)

    source.configure(enabled=False)

    settings = {"profile": "documented", "Config": {}, "deduplicate": False, "enabled": False}
    assert source.control("GET", "/_mock/destination") == settings


def test_a_reset_takes_settings_deliveries_and_what_came_before():
    source = Source()
    source.configure(deduplicate=True, profile="production")
    source.send({**identify("u1"), "messageId": "m1"})

    source.control("POST", "/_mock/reset")
    shown = source.control("GET", "/_mock/destination")
    source.configure(deduplicate=True)
    source.send({**identify("u1"), "messageId": "m1"})

    assert (shown["profile"], shown["deduplicate"]) == ("documented", False)
    assert [(found["number"], found["status"]) for found in source.deliveries()] == [(1, "delivered")]


def test_an_api_key_in_the_settings_is_hidden_and_kept():
    source = Source()
    source.configure(Config={"apiKey": "a-secret-key"})

    shown = source.control("GET", "/_mock/destination")
    source.configure(**shown)

    assert shown["Config"] == {"apiKey": "[redacted]"}
    assert workspace_of(source.app.store, KEY).destination.config == {"apiKey": "a-secret-key"}


@pytest.mark.parametrize(
    "settings", [{"profile": "other"}, {"Config": []}, {"deduplicate": 1}, {"unknown": 1}]
)
def test_settings_that_make_no_sense_are_refused(settings):
    source = Source()

    answer = source.configure(**settings)

    assert answer.status_code == 400
