"""A refused batch: every message of it is on record, with what was wrong in which one."""

import pytest

from support.dataplane import Source
from support.delivery_cases import identify

NOBODY = "request neither has anonymousId nor userId"


def told(source):
    return [(found["status"], found["code"], found["reason"]) for found in source.deliveries()]


def test_each_message_of_a_refused_batch_is_on_record_and_names_the_one_at_fault():
    source = Source()

    source.send(identify("u1"), identify(""), identify("u3"))

    because = f"refused with its batch, because of message 2 of 3: {NOBODY}"
    assert told(source) == [("refused", 400, because), ("refused", 400, NOBODY), ("refused", 400, because)]
    assert [found["userId"] for found in source.deliveries()] == ["u1", "", "u3"]


def test_nothing_of_a_refused_batch_is_delivered():
    source = Source()

    source.send(identify("u1"), 7)

    assert source.state()["people"] == []


def test_the_refusal_of_a_single_call_says_nothing_of_a_batch():
    source = Source()

    source.post("/v1/identify", identify(""))

    assert told(source) == [("refused", 400, NOBODY)]


def test_messages_that_a_disabled_source_sent_are_refused_for_that():
    source = Source()
    source.configure(enabled=False)

    source.send(identify("u1"))

    assert told(source) == [("refused", 404, "source is disabled")]


def test_a_batch_that_is_too_large_is_refused_as_a_whole():
    source = Source()

    source.send(identify("u1", text="x" * 4_100_000), identify("u2"))

    text = "the whole batch of 2 messages was refused: request size exceeds max limit"
    assert told(source) == [("refused", 413, text)] * 2


@pytest.mark.parametrize("body", [b'{"batch": [{"userId": "u1",}]}', b"not json"])
def test_a_body_that_is_no_json_is_on_record_with_its_text_and_the_place_of_the_error(body):
    source = Source()

    answer = source.post("/v1/batch", body)

    (found,) = source.deliveries()
    assert answer.get_data(as_text=True) == "invalid json\n"
    assert found["message"] == body.decode()
    assert found["reason"].startswith("invalid json: ")
    assert found["reason"] != "invalid json: "
