"""The pytest plugin: a new fake for each test, and its requests and state in the report of a failure.

pytest loads this module at every start, also where it is not used. So the fake is imported on first use.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from os import PathLike

    from mock_custify.testing.fake import MockCustify, Profile
    from mock_custify.workspace.traffic.journal import JournalEntry

OPTIONS: Final = {
    "custify_base_url": ("linelist", "URLs that `custify` answers besides https://api.custify.com", []),
    "custify_allow_other_hosts": (
        "bool",
        "let calls to hosts beyond this machine through instead of refusing them",
        False,
    ),
    "custify_seed": ("string", "a seed file that every fake starts from, relative to the root directory", ""),
    "custify_url": ("string", "a running mock-custify server for `custify_server`; each test has a key", ""),
}
SHARED: Final = "custify_shared_server"  # the workspaces of its tests are in their own fixtures
EARLIER: Final[WeakKeyDictionary[Any, tuple[int, int]]] = WeakKeyDictionary()  # counts of earlier tests
NEWEST: Final = 20
NEWEST_RECORDS: Final = 5
LONGEST: Final = 10_000
LONGEST_LINE: Final = 500


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of `[tool.pytest.ini_options]` and their form on the command line."""
    for name, (kind, text, default) in OPTIONS.items():
        parser.addini(name, text, type=kind, default=default)  # type: ignore[arg-type] # kinds of pytest's own
    group = parser.getgroup("mock-custify")
    group.addoption("--custify-url", metavar="URL", help="a running mock-custify server for `custify_server`")


@pytest.fixture
def custify(pytestconfig: pytest.Config) -> Iterator[MockCustify]:
    """Return a new fake in process: calls to https://api.custify.com are answered by it."""
    from mock_custify.testing.fake import MockCustify  # noqa: PLC0415 - not at every start of pytest

    with MockCustify(
        base_url=pytestconfig.getini("custify_base_url"),
        allow_other_hosts=pytestconfig.getini("custify_allow_other_hosts"),
        seed=seed_of(pytestconfig),
    ) as fake:
        yield fake


@pytest.fixture(scope="session")
def custify_shared_server(pytestconfig: pytest.Config) -> Iterator[MockCustify]:
    """Return the server that all tests of this process share; each test has its own workspace."""
    from mock_custify.testing.fake import MockCustify  # noqa: PLC0415 - not at every start of pytest

    url = pytestconfig.getoption("--custify-url") or pytestconfig.getini("custify_url")
    with MockCustify.connect(url) if url else MockCustify.serve(seed=seed_of(pytestconfig)) as server:
        yield server


@pytest.fixture
def custify_server(custify_shared_server: MockCustify) -> Iterator[MockCustify]:
    """Return a fake on a socket, with an API key and an empty workspace for this test only."""
    server = custify_shared_server.with_key(new_key())
    EARLIER[server] = server.connection.elsewhere(server.api_key)
    yield server
    server.close()


@pytest.fixture
def make_custify_server(pytestconfig: pytest.Config) -> Iterator[Callable[..., MockCustify]]:
    """Return a function that starts another server on a free port, until the end of the test."""
    from custify_transformer.named_options import named_options  # noqa: PLC0415 - the same
    from mock_custify.testing.fake import MockCustify  # noqa: PLC0415 - not at every start of pytest

    with ExitStack() as stack:

        def make(
            *,
            host: str = "127.0.0.1",
            port: int = 0,
            api_key: str | None = None,
            seed: str | PathLike[str] | None = None,
            profile: Profile | None = None,
        ) -> MockCustify:
            seed = seed or seed_of(pytestconfig)
            server = MockCustify.serve(host=host, port=port, api_key=api_key, seed=seed, profile=profile)
            return stack.enter_context(server)

        yield named_options(make)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Add the requests and the state of each fake to the report of a failed test."""
    report = yield
    if report.failed and report.when == "call" and "mock_custify.testing.fake" in sys.modules:
        for name, fake in getattr(item, "funcargs", {}).items():
            if name != SHARED and isinstance(fake, sys.modules["mock_custify.testing.fake"].MockCustify):
                report.sections += sections(name, fake)
    return report


def sections(name: str, fake: MockCustify) -> list[tuple[str, str]]:
    """Return the parts of a report about one fake, or the reason why it cannot be read."""
    try:
        calls, state, lost = fake.requests, fake.state, fake.connection.turned_away()
        messages = [one for one in fake.deliveries if one.status != "delivered"]
        unused = unused_faults(fake)
    except Exception as error:  # noqa: BLE001 - a report must not hide the failure it is about
        return [(f"{name}", f"could not be read: {error}")]
    left_out = [f"... {len(calls) - NEWEST} older requests"] * (len(calls) > NEWEST)
    lines = [
        f"{call.number}. {call.method} {call.path} -> {call.status} {printed(call.body)}{refusal_of(call)}"
        for call in calls
    ]
    stopped = [f"{one.number}. {one.type} {one.status}: {one.reason}" for one in messages[-NEWEST:]]
    return [
        (f"{name}: requests", "\n".join([*left_out, *lines[-NEWEST:]]) or "none"),
        *([(f"{name}: requests that reached no workspace", "\n".join(lost))] if lost else []),
        *elsewhere(name, fake),
        *([(f"{name}: messages that were not delivered", "\n".join(stopped))] if stopped else []),
        *([(f"{name}: faults that were not applied", "\n".join(unused))] if unused else []),
        (f"{name}: state", "\n".join(state_lines(state))[:LONGEST] or "empty"),
    ]


def elsewhere(name: str, fake: MockCustify) -> list[tuple[str, str]]:
    """Return a part of a report for what came under another key, if something did."""
    counts = zip(fake.connection.elsewhere(fake.api_key), EARLIER.get(fake, (0, 0)), strict=True)
    calls, messages = (now - earlier for now, earlier in counts)
    return [
        (f"{name}: {kind} under another key: {number}", "with_key(KEY) shows the workspace of another key")
        for kind, number in (("requests", calls), ("messages", messages))
        if number > 0
    ]


def unused_faults(fake: MockCustify) -> list[str]:
    """Return the fault rules that have not fired, as JSON, each with the number of calls that match it."""
    rules = json.loads(fake.control("GET", "/_mock/faults"))["faults"]
    unused = [(rule.pop("calls"), rule) for rule in rules if not rule.pop("fired")]
    return [f"{printed(rule)}: {n} call{' matches' if n == 1 else 's match'} it" for n, rule in unused]


def refusal_of(call: JournalEntry) -> str:
    """Return why a call was refused, "" when it was not."""
    told = call.answer.get("error") if isinstance(call.answer, dict) else None
    return f" ({told})" if told else ""


def state_lines(state: dict[str, Any]) -> list[str]:
    """Return the newest records of each list of a state, one on each line, without empty values."""
    lines = []
    for kind, held in state.items():
        records = [without_nothing(record) for record in (held if isinstance(held, list) else [held])]
        if any(records):
            lines.append(f"{kind}: {len(records)}" if isinstance(held, list) else kind)
            lines += [f"  {json.dumps(record)[:LONGEST_LINE]}" for record in records[-NEWEST_RECORDS:]]
    return lines


def without_nothing(value: Any) -> Any:
    """Return a JSON value without the members that are null or empty."""
    if not isinstance(value, dict):
        return value
    return {
        name: without_nothing(part)
        for name, part in value.items()
        if part is not None and part not in ([], {})
    }


def printed(body: Any) -> str:
    """Return the body of a call in one line, "" if there is none."""
    return "" if body is None else json.dumps(without_nothing(body))[:LONGEST_LINE]


def seed_of(config: pytest.Config) -> str | None:
    """Return the path of the seed file, or None."""
    seed = config.getini("custify_seed")
    return str(config.rootpath / seed) if seed else None


def new_key() -> str:
    """Return an API key that no other test uses, in this process or another."""
    from secrets import token_hex  # noqa: PLC0415 - not at every start of pytest

    return f"test-{token_hex(8)}"
