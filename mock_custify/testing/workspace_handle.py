"""One workspace of a fake: what a test reads from it and changes in it, through the control API."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from custify_transformer.named_options import named_options
from mock_custify.control.requests import JournalAnswer
from mock_custify.control.verification import VerificationResult
from mock_custify.testing.delivery_waits import read_deliveries, wait_for_deliveries
from mock_custify.testing.records import StateView, events_of, find_record, people_of
from mock_custify.testing.snapshot_handle import SnapshotHandle

if TYPE_CHECKING:
    from datetime import datetime

    from mock_custify.control.delivery_query import ShownDelivery
    from mock_custify.resources.companies.model import CompanyAnswer
    from mock_custify.resources.events.model import Event
    from mock_custify.testing.connections import FakeConnection
    from mock_custify.testing.records import PersonRecord
    from mock_custify.workspace.traffic.journal import JournalEntry

__tracebackhide__ = True


class WorkspaceHandle:
    """The workspace of `api_key` in the fake behind `connection`."""

    def __init__(self, connection: FakeConnection, api_key: str) -> None:
        self.connection = connection
        self.api_key = api_key

    @property
    def state(self) -> dict[str, Any]:
        """Return the whole workspace, as GET /_mock/state does."""
        return msgspec.json.decode(self.control("GET", "/_mock/state"), type=dict[str, Any])

    @property
    def people(self) -> list[PersonRecord]:
        """Return all people, oldest first; their `companies` are company_ids."""
        return people_of(self.read_state())

    @property
    def companies(self) -> list[CompanyAnswer]:
        """Return all companies, oldest first."""
        return self.read_state().companies

    @property
    def memberships(self) -> list[dict[str, str | None]]:
        """Return who belongs to which company, as {"user_id", "email", "company_id"}."""
        return self.read_state().memberships

    @property
    def requests(self) -> list[JournalEntry]:
        """Return the calls of the Custify API that the journal keeps, oldest first."""
        return msgspec.json.decode(self.control("GET", "/_mock/requests"), type=JournalAnswer).requests

    @property
    def deliveries(self) -> list[ShownDelivery]:
        """Return the messages that arrived through the data plane, each with its status, oldest first."""
        return read_deliveries(self.control, "limit=100000")

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until no message waits for its delivery; raise AssertionError after `timeout` seconds."""
        wait_for_deliveries(self.control, timeout)

    @named_options
    def person(
        self,
        *,
        user_id: str | None = None,
        email: str | None = None,
        id: str | None = None,  # noqa: A002 - Custify's name
    ) -> PersonRecord | Any:
        """Return the person with these identifiers, or None; raise TypeError without an identifier.

        The type says Any instead of None, so that a test can read a field without a check.
        """
        return find_record(self.people, user_id=user_id, email=email, id=id)

    @named_options
    def company(
        self,
        *,
        company_id: str | None = None,
        id: str | None = None,  # noqa: A002 - Custify's name
    ) -> CompanyAnswer | Any:
        """Return the company with these identifiers, or None. The type says Any, as in `person`."""
        return find_record(self.companies, company_id=company_id, id=id)

    @named_options
    def events(
        self,
        name: str | None = None,
        *,
        user_id: str | None = None,
        email: str | None = None,
        company_id: str | None = None,
    ) -> list[Event]:
        """Return the events of a name, a person or a company, oldest first, dropped events included."""
        return events_of(self.read_state(), name=name, user_id=user_id, email=email, company_id=company_id)

    @named_options
    def fail_next(  # noqa: PLR0913 - one for each field of a fault rule
        self,
        status: int | None = None,
        *,
        times: int = 1,
        method: str | None = None,
        path: str | None = None,
        headers: dict[str, str] | None = None,
        body: Any = None,
        delay: float | None = None,
        drop: bool | None = None,
        after_write: bool | None = None,
        nth: int | None = None,
        probability: float | None = None,
        seed: int | None = None,
    ) -> None:
        """Make the next `times` matching calls fail with `status`, or with 500 if no other effect is given.

        The other options are the fields of a fault rule; `delay` is in seconds. Raises ControlError for a
        wrong value.
        """
        effect = {"status": status, "headers": headers, "body": body, "delay": delay, "drop": drop}
        if all(value is None for value in effect.values()):
            effect = {"status": 500}
        calls = {"method": method, "path": path, "nth": nth, "probability": probability, "seed": seed}
        fault = {**effect, **calls, "after_write": after_write, "times": times}
        self.control("POST", "/_mock/faults", without_none(fault))

    @named_options
    def limit_rate(self, requests: int, seconds: float = 1.0) -> None:
        """Answer 429 to more than `requests` calls in `seconds`, by the clock of the workspace."""
        self.control("PUT", "/_mock/rate-limit", {"requests": requests, "seconds": seconds})

    @named_options
    def move_clock(
        self,
        *,
        freeze: datetime | str | bool | None = None,
        set: datetime | str | None = None,  # noqa: A002 - the name of the control call
        advance: float | None = None,
    ) -> None:
        """Move the time of the workspace: `freeze` or `set` to a date, `advance` by seconds."""
        self.control("PUT", "/_mock/clock", without_none({"freeze": freeze, "set": set, "advance": advance}))

    def seed_ids(self, seed: int) -> None:
        """Create the same internal ids in the same order for the same `seed`."""
        self.control("PUT", "/_mock/seed", {"seed": seed})

    def load(self, state: dict[str, Any]) -> None:
        """Replace the whole workspace by a `state`, as the property has it. Raises ControlError."""
        self.control("PUT", "/_mock/state", state)

    @named_options
    def verify(  # noqa: PLR0913 - one for each field of a verification
        self,
        method: str | None = None,
        path: str | None = None,
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: Any = UNSET,
        status: int | None = None,
        times: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        order: list[dict[str, Any]] | None = None,
    ) -> None:
        """Raise AssertionError if an expected call was not made; its text names the closest call.

        The call is expected at least once, or as often as `times`, `at_least` and `at_most` say. `order` is a
        list of calls that are expected in this order.
        """
        call = {"method": method, "path": path, "query": query, "headers": headers, "status": status}
        count = {"times": times, "at_least": at_least, "at_most": at_most, "order": order}
        expected = without_none({**call, **count}) | ({} if body is UNSET else {"body": body})
        verdict = msgspec.json.decode(
            self.control("POST", "/_mock/verify", expected), type=VerificationResult
        )
        if not verdict.ok:
            raise AssertionError(verdict.message)

    def reset(self) -> None:
        """Set everything back to the start: records, journal, faults, rate limit, clock, seed, snapshots."""
        self.control("POST", "/_mock/reset")

    def close(self) -> None:
        """Close the workspace and delete everything in it. The next use of its key opens a new one."""
        self.control("DELETE", "/_mock/workspace")

    def snapshot(self, name: str | None = None) -> SnapshotHandle:
        """Take a snapshot. It is restored by `restore()`, or at the end of a `with` block."""
        return SnapshotHandle(self.control, name or f"snapshot-{token_hex(8)}")

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
        """Return the answer of a control call; raise ControlError when it is refused."""
        sent = b"" if body is None else msgspec.json.encode(body)
        return self.connection.control(method, path, self.api_key, sent)

    def read_state(self) -> StateView:
        """Return the records of the workspace."""
        return msgspec.json.decode(self.control("GET", "/_mock/state"), type=StateView)


def without_none(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that are given."""
    return {name: value for name, value in options.items() if value is not None}
