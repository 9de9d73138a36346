"""A field of a message that looks misspelled is in the hint of its delivery; it refuses nothing."""

import pytest

from mock_custify import MockCustify
from mock_custify.app import create_app
from mock_custify.workspace.messages.refusal_hints import MOST_NAMES, meant_field, misspelled_fields
from support.dashboard import send

HINT = "{!r} is not a known field: did you mean {!r}?"


@pytest.fixture
def deliver():
    def delivered(message):
        answer = app.test_client().post("/v1/batch", json={"batch": [message]}, auth=("key", ""))
        headers = {"Authorization": "Bearer key"}
        (found,) = app.test_client().get("/_mock/deliveries", headers=headers).json["deliveries"]
        return answer.status_code, found["status"], found["hint"]

    app = create_app()
    return delivered


def test_a_delivered_message_keeps_the_hint(deliver):
    message = {"type": "identify", "userId": "u1", "trait": {"name": "Ada"}}

    assert deliver(message) == (200, "delivered", HINT.format("trait", "traits"))


def test_a_refused_message_has_the_hint_before_the_others(deliver):
    status, state, hint = deliver({"type": "identify", "anonymousId": "a1", "userid": "u1"})

    assert (status, state) == (200, "refused")
    assert hint.startswith(HINT.format("userid", "userId") + " Turn on sendAnonymousId")


def test_a_refused_batch_has_the_hint(deliver):
    status, _, hint = deliver({"type": "identify", "userid": "u1"})

    assert (status, hint[: hint.index("?") + 1]) == (400, HINT.format("userid", "userId"))


def test_a_message_without_a_mistake_has_no_hint(deliver):
    assert deliver({"type": "identify", "userId": "u1", "channel": "web"}) == (200, "delivered", "")


def test_a_python_test_sees_the_hint():
    with MockCustify.serve() as server:
        send(server, server.api_key, {"type": "group", "userId": "u1", "groupid": "g1"})

        assert server.deliveries[0].hint == HINT.format("groupid", "groupId")


def test_only_the_first_unknown_fields_of_a_message_are_compared():
    meant_field.cache_clear()

    assert misspelled_fields({f"unknown {number}": number for number in range(5000)}) == ""
    assert meant_field.cache_info().misses == MOST_NAMES
