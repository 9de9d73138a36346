"""The forms of a message's time that are read; any other one becomes the time of arrival."""

import pytest

from mock_custify.dataplane.times import moment, written
from support.dataplane import Source
from support.delivery_cases import identify


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-01-01T00:00:00z", "2024-01-01T00:00:00.000Z"),
        ("2024-01-01t00:00:00+02:00", "2024-01-01T00:00:00.000+02:00"),
        ("  2024-01-01T00:00:00Z\n", "2024-01-01T00:00:00.000Z"),
        ("2024-01-01 00:00:00 +0000 UTC", "2024-01-01T00:00:00.000Z"),
        ("2024-01-01 00:00:00.123456789 +0100 CET m=+0.01", "2024-01-01T00:00:00.123+01:00"),
        ("2024-01-01 00:00:00 UTC", "2024-01-01T00:00:00.000Z"),
        ("2024-01-01 00:00:00 -0300 -03", "2024-01-01T00:00:00.000-03:00"),
        ("2024/01/02 03:04:05", "2024-01-02T03:04:05.000Z"),
        ("2024/01/02", "2024-01-02T00:00:00.000Z"),
        ("1704067200", "2024-01-01T00:00:00.000Z"),
        ("1704067200.5", "2024-01-01T00:00:00.500Z"),
        ("1704067200123", "2024-01-01T00:00:00.123Z"),
        ("1704067200123.9", "2024-01-01T00:00:00.123Z"),
        ("1704067200123456", "2024-01-01T00:00:00.123Z"),
        ("Mon, 01 Jan 2024 00:00:00 GMT", "2024-01-01T00:00:00.000Z"),
    ],
)
def test_a_time_in_this_form_is_read(text, shown):
    assert written(moment(text)) == shown


@pytest.mark.parametrize("text", ["", " ", "tomorrow", "17040672001", "2024-13-01", 1704067200, None, "10"])
def test_a_time_in_another_form_is_none(text):
    assert moment(text) is None


def test_a_message_keeps_a_time_in_the_form_of_go():
    source = Source()

    source.send({**identify("u1"), "timestamp": "2024-01-01 00:00:00 +0000 UTC"})

    assert source.delivery()["processed"]["timestamp"] == "2024-01-01T00:00:00.000Z"


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00Z", "9000-12-31T23:59:59Z"])
def test_messages_are_taken_at_the_ends_of_the_calendar(now):
    source = Source()
    source.configure(deduplicate=True)
    source.control("PUT", "/_mock/clock", json={"freeze": now})

    answers = [source.send({**identify("u1"), "messageId": "m1"}).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert [found["status"] for found in source.deliveries()] == ["delivered", "filtered"]
