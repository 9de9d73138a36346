"""MockCustify: the fake in the hands of a test."""

from __future__ import annotations

from functools import wraps
from inspect import isclass, iscoroutinefunction
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

import msgspec

from mock_custify.control.requests import JournalAnswer
from mock_custify.control.verification import Verdict
from mock_custify.lookup import StateView, events_of, fits, people_of
from mock_custify.reach import Elsewhere, InProcess, Reach, Served
from mock_custify.state.seed_file import read_seed_file
from mock_custify.workspace import Store
from mock_custify.workspace.initial_state import Beginning

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from types import TracebackType
    from typing import Self

    from mock_custify.resources.companies.model import CompanyAnswer
    from mock_custify.resources.events.model import Event
    from mock_custify.resources.people.model import PersonAnswer
    from mock_custify.workspace.journal import JournalEntry

    Function = TypeVar("Function", bound=Callable[..., Any])

API: Final = "https://api.custify.com"


class MockCustify:
    """The fake for a test: a context manager, also an async one, and a decorator.

    In the `with` block the calls of `requests`, `httpx` and `aiohttp` to https://api.custify.com, and to each
    `base_url`, are answered in process, by a fresh fake each time; calls to other hosts are refused, or let
    through with `allow_other_hosts`. `api_key` is the only key that is accepted; without it every key is, and
    the words below speak of the workspace of the first one used. `seed` is the path of a seed file.
    """

    def __init__(
        self,
        *,
        base_url: str | tuple[str, ...] | list[str] = (),
        api_key: str | None = None,
        allow_other_hosts: bool = False,
        seed: str | PathLike[str] | None = None,
        reach: Reach | None = None,
    ) -> None:
        self.api_key = api_key or f"test-{token_hex(8)}"
        more = (base_url,) if isinstance(base_url, str) else tuple(base_url)
        self.reach = reach or InProcess(
            (*more, API),
            self.api_key,
            beginning_of(seed),
            only_key=api_key is not None,
            allow_other_hosts=allow_other_hosts,
        )

    @classmethod
    def serve(
        cls,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        api_key: str | None = None,
        seed: str | PathLike[str] | None = None,
    ) -> Self:
        """Return a fake on a socket, in a thread, until the end of the `with` block or `stop`."""
        store = Store((api_key,) if api_key else (), beginning=beginning_of(seed))
        return cls(api_key=api_key, reach=Served(store, host, port))

    @classmethod
    def connect(cls, url: str, api_key: str | None = None) -> Self:
        """Return a handle for a server that runs already; without `api_key` with a workspace of its own."""
        return cls(api_key=api_key, reach=Elsewhere(url))

    def with_key(self, api_key: str) -> Self:
        """Return the same fake as another API key sees it."""
        return type(self)(api_key=api_key, reach=self.reach)

    @property
    def url(self) -> str:
        """Return the base URL at which the fake answers."""
        return self.reach.url

    def stop(self) -> None:
        """End the interception, or close the socket; what the fake remembers can still be read."""
        self.reach.stop()

    def __enter__(self) -> Self:
        """Start."""
        self.reach.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    async def __aenter__(self) -> Self:
        """Start."""
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def __call__(self, function: Function) -> Function:
        """Return `function`, also an async one, with the fake around each of its calls."""
        return surrounded(self, function)

    @property
    def state(self) -> dict[str, Any]:
        """Return the whole workspace, as GET /_mock/state does."""
        return msgspec.json.decode(self.control("GET", "/_mock/state"), type=dict[str, Any])

    @property
    def people(self) -> list[PersonAnswer]:
        """Return all people, oldest first; their `companies` are company_ids."""
        return people_of(self.seen())

    @property
    def companies(self) -> list[CompanyAnswer]:
        """Return all companies, oldest first."""
        return self.seen().companies

    @property
    def memberships(self) -> list[dict[str, str | None]]:
        """Return who belongs to which company, as {"user_id", "email", "company_id"}."""
        return self.seen().memberships

    @property
    def requests(self) -> list[JournalEntry]:
        """Return the calls of the Custify API that the journal keeps, oldest first."""
        return msgspec.json.decode(self.control("GET", "/_mock/requests"), type=JournalAnswer).requests

    def person(self, **identifiers: str) -> PersonAnswer | None:
        """Return the person with the `user_id`, `email` or `id`, or None."""
        wanted = checked(identifiers, "user_id", "email", "id")
        return next((person for person in self.people if fits(person, wanted)), None)

    def company(self, **identifiers: str) -> CompanyAnswer | None:
        """Return the company with the `company_id` or `id`, or None."""
        wanted = checked(identifiers, "company_id", "id")
        return next((company for company in self.companies if fits(company, wanted)), None)

    def events(
        self,
        name: str | None = None,
        *,
        user_id: str | None = None,
        email: str | None = None,
        company_id: str | None = None,
    ) -> list[Event]:
        """Return the events of a name, a person or a company, oldest first; those for nobody included."""
        return events_of(self.seen(), name=name, user_id=user_id, email=email, company_id=company_id)

    def fail_next(self, status: int | None = None, *, times: int = 1, **fault: Any) -> None:
        """Make the next call fail: with `status`, 500 when nothing else is said, `times` times.

        The other fields are those of a fault rule: method, path, headers, body, delay, drop, after_write,
        nth, probability, seed.
        """
        effect = {"status": status} if status is not None else {}
        if not effect and not {"headers", "body", "delay", "drop"} & fault.keys():
            effect = {"status": 500}
        self.control("POST", "/_mock/faults", {**effect, "times": times, **fault})

    def limit_rate(self, requests: int, seconds: float = 1.0) -> None:
        """Answer 429 to more than `requests` in `seconds`."""
        self.control("PUT", "/_mock/rate-limit", {"requests": requests, "seconds": seconds})

    def move_clock(self, **change: Any) -> None:
        """Move the time of the workspace: `freeze` or `set` to a date, `advance` by seconds."""
        self.control("PUT", "/_mock/clock", change)

    def seed_ids(self, seed: int) -> None:
        """Make the ids that `seed` always makes."""
        self.control("PUT", "/_mock/seed", {"seed": seed})

    def load(self, state: dict[str, Any]) -> None:
        """Replace the whole workspace by a state such as `state` gives."""
        self.control("PUT", "/_mock/state", state)

    def verify(self, method: str | None = None, path: str | None = None, **expected: Any) -> None:
        """Raise AssertionError, naming the closest call, when an expected call was not made.

        `expected` are the other fields of a verification: query, headers, body, status, times, at_least,
        at_most, order.
        """
        call = {name: value for name, value in (("method", method), ("path", path)) if value is not None}
        verdict = msgspec.json.decode(
            self.control("POST", "/_mock/verify", {**call, **expected}), type=Verdict
        )
        if not verdict.ok:
            raise AssertionError(verdict.message)

    def reset(self) -> None:
        """Make the workspace as new: records, journal, faults, rate limit, clock, seed and snapshots."""
        self.control("POST", "/_mock/reset")

    def snapshot(self, name: str | None = None) -> Snapshot:
        """Take a snapshot to come back to: with `restore()`, or at the end of a `with` block."""
        return Snapshot(self.control, name or f"snapshot-{token_hex(8)}")

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
        """Return the answer of a control call; raise ControlError when it is refused."""
        sent = b"" if body is None else msgspec.json.encode(body)
        return self.reach.control(method, path, self.api_key, sent)

    def seen(self) -> StateView:
        """Return the records of the workspace."""
        return msgspec.json.decode(self.control("GET", "/_mock/state"), type=StateView)


class Snapshot:
    """A snapshot of a workspace, taken when this is made."""

    def __init__(self, control: Callable[..., bytes], name: str) -> None:
        self.control = control
        self.name = name
        control("PUT", f"/_mock/snapshots/{quote(name, safe='')}")

    def restore(self) -> None:
        """Make the workspace what it was."""
        self.control("POST", f"/_mock/snapshots/{quote(self.name, safe='')}/restore")

    def __enter__(self) -> Self:
        """Return the snapshot."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Make the workspace what it was."""
        self.restore()


def surrounded(custify: MockCustify, function: Function) -> Function:
    """Return `function` with `custify` around each of its calls."""
    if isclass(function):
        raise TypeError("MockCustify decorates functions: in a class use setUp with enterContext")

    @wraps(function)
    async def around_async(*args: Any, **kwargs: Any) -> Any:
        async with custify:
            return await function(*args, **kwargs)

    @wraps(function)
    def around(*args: Any, **kwargs: Any) -> Any:
        with custify:
            return function(*args, **kwargs)

    return around_async if iscoroutinefunction(function) else around  # type: ignore[return-value]


def checked(identifiers: dict[str, str], *names: str) -> dict[str, str]:
    """Return identifiers when each is one of `names` and there is one at least; raise TypeError."""
    if not identifiers or not identifiers.keys() <= set(names):
        raise TypeError(
            f"name the record by {' or '.join(names)}, not by {', '.join(identifiers) or 'nothing'}"
        )
    return identifiers


def beginning_of(seed: str | PathLike[str] | None) -> Beginning:
    """Return what a seed file begins with; an empty beginning without one. Raises SeedFileError."""
    return Beginning() if seed is None else read_seed_file(seed)
