"""asyncio and aiohttp: MockCustify as a decorator of an async function, and as an async context manager."""

import asyncio

import aiohttp

from mock_custify import MockCustify

HEADERS = {"Authorization": "Bearer any-key"}


async def record_login(user_id):
    """Tell Custify that a person logged in."""
    event = {"name": "login", "user_id": user_id, "created_at": "2026-01-31T12:00:00Z"}
    async with (
        aiohttp.ClientSession(headers=HEADERS) as session,
        session.post("https://api.custify.com/event", json=event) as answer,
    ):
        return answer.status


@MockCustify()
async def status_of_a_login():
    """Return what Custify answers to a login of somebody it does not know."""
    return await record_login("u1")


async def events_after_a_login():
    """Return what Custify holds after the login of a person it knows."""
    async with MockCustify() as custify:
        custify.load({"people": [{"user_id": "u1"}]})
        await record_login("u1")
        return custify.events("login", user_id="u1")


def test_a_login_of_somebody_unknown_is_not_found():
    status = asyncio.run(status_of_a_login())

    assert status == 404


def test_a_login_is_recorded_for_its_person():
    events = asyncio.run(events_after_a_login())

    assert [event.dropped for event in events] == [None]
