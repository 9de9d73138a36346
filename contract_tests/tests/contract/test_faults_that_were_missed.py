"""Faults outside the laws that the suite once missed: times as text, absent times, delays of clients."""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
import requests

from mock_custify import MockCustify, create_app
from mock_custify.dataplane.times import with_times
from mock_custify.testing.interception import fake_pool, intercept_httpx

HEADERS = {"Authorization": "Bearer k"}
URL = "https://api.custify.com/people/all"
EARLY, LATE = "2026-01-01T01:30:00+02:00", "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("times", [(EARLY, LATE), (LATE, EARLY)])
def test_the_first_and_the_last_event_of_a_person_are_found_by_the_moment_not_by_the_text(times):
    client = create_app().test_client()
    client.post("/people", json={"user_id": "u1"}, headers=HEADERS)
    for time in times:
        event = {"user_id": "u1", "name": "Paid", "created_at": time, "metadata": {}}
        assert client.post("/event", json=event, headers=HEADERS).status_code == 202

    (person,) = client.get("/people?user_id=u1", headers=HEADERS).json[0]["people"]

    first, last = (datetime.fromisoformat(person[name]) for name in ("first_seen_at", "last_seen_at"))
    assert first.astimezone(UTC) == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert last.astimezone(UTC) == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_message_with_sent_at_and_without_original_timestamp_counts_from_its_arrival():
    times = with_times({"sentAt": "2026-01-01T10:00:00Z"}, datetime(2026, 1, 1, 12, tzinfo=UTC))

    assert times == {
        "originalTimestamp": "2026-01-01T12:00:00.000Z",
        "sentAt": "2026-01-01T10:00:00.000Z",
        "timestamp": "2026-01-01T14:00:00.000Z",
        "receivedAt": "2026-01-01T12:00:00.000Z",
    }


@pytest.fixture
def waits(monkeypatch):
    found = []
    monkeypatch.setattr(fake_pool, "sleep", found.append)
    monkeypatch.setattr(intercept_httpx, "sleep", found.append)
    return found


def test_requests_waits_for_a_delayed_answer(waits):
    with MockCustify(api_key="k") as custify:
        custify.fail_next(delay=3)

        requests.get(URL, headers=HEADERS, timeout=9)

    assert 3 in waits


def test_httpx_waits_for_a_delayed_answer(waits):
    with MockCustify(api_key="k") as custify:
        custify.fail_next(delay=3)

        httpx.get(URL, headers=HEADERS, timeout=9)

    assert waits == [3]


def test_an_asynchronous_httpx_client_waits_for_a_delayed_answer(waits):
    async def call():
        async with httpx.AsyncClient() as client:
            await client.get(URL, headers=HEADERS, timeout=9)

    with MockCustify(api_key="k") as custify:
        custify.fail_next(delay=3)
        asyncio.run(call())

    assert sum(waits) == pytest.approx(3)
