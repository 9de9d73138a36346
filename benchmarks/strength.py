"""Attack the fake: generated calls with every check, drawn byte streams, and servers that are killed.

Run `python benchmarks/strength.py calls --number 100000`, then the same with `streams --number 1000000` and
`kills --number 200`. Each ends with status 1 when it finds something, and draws from `--seed`.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import click
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mock_custify import create_app
from mock_custify.server.hosts import AllowedHosts
from mock_custify.server.server import Server
from mock_custify.workspace import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY: Final = {"Authorization": "Bearer k"}
CHECKS: Final = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
SKIPPED: Final = r"^/(_mock|v0|v1|pixel|beacon|\{prefix|routerTransform|deleteUsers)"
PIECES: Final = (
    *(
        b"GET ",
        b"POST ",
        b"PUT ",
        b"HEAD ",
        b"BREW ",
        b"/people ",
        b"/people?user_id=%FF ",
        b"/%00/.. ",
        b"* ",
    ),
    *(b"HTTP/1.1\r\n", b"HTTP/1.0\r\n", b"HTTP/9", b"Host: x\r\n", b"Host: evil.example\r\n"),
    *(b"Content-Length: 3\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n"),
    *(b"Authorization: Bearer k\r\n", b"Expect: 100-continue\r\n", b"Connection: close\r\n"),
    *(
        b"Connection: Upgrade\r\nUpgrade: h2c\r\n",
        b"Content-Encoding: gzip\r\n",
        b"\r\n",
        b"\n",
        b"0\r\n\r\n",
    ),
    *(
        b"3\r\n{} \r\n",
        b"ffffffffffffffff\r\n",
        b"{}",
        b'{"user_id":"u"}',
        b'{"user_id":NaN}',
        b"\x00",
        b"\xff\xfe",
    ),
)
POST: Final = (
    b"POST /people HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer k\r\nContent-Length: 15\r\n\r\n"
    b'{"user_id":"u"}'
)
WHOLE: Final = (b"GET /_mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n", POST)
MANGLED, PART, REQUEST = 0.3, 0.8, 0.9  # how often a whole request is mangled, and what else is drawn


@click.group()
def main() -> None:
    """Attack the fake."""


@main.command()
@click.option("--number", default=100_000, show_default=True)
@click.option("--seed", "number_of_seed", default=0)
def calls(number: int, number_of_seed: int) -> None:
    """Make generated calls of every operation, with every check of their answers."""
    schema = schemathesis.openapi.from_wsgi("/_mock/openapi.json", create_app(Store(("k",))))
    schema.config.generation.update(modes=[GenerationMode.POSITIVE])
    found: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    operations = [one.ok().as_strategy() for one in schema.exclude(path_regex=SKIPPED).get_all_operations()]

    @seed(number_of_seed)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(one_of(operations))
    def check(case: schemathesis.Case) -> None:
        response = case.call(headers=KEY)
        statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=list(CHECKS))
        except (Failure, FailureGroup) as failure:
            found[f"{case.method} {case.path}: {failure}"[:300]] += 1

    check()
    end(f"{sum(statuses.values())} calls of {len(operations)} operations, by status {dict(statuses)}", found)


@main.command()
@click.option("--number", default=1_000_000, show_default=True)
@click.option("--seed", "number_of_seed", default=0)
def streams(number: int, number_of_seed: int) -> None:
    """Feed drawn byte streams to the server's connection, without a socket."""
    found = asyncio.run(feed_all(number, Random(number_of_seed)))  # noqa: S311 - no secret
    end(f"{number} byte streams", found)


class Wire(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = bytearray()
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Keep data."""
        self.sent += data

    def writelines(self, list_of_data: Any) -> None:
        """Keep data."""
        for data in list_of_data:
            self.write(data)

    def can_write_eof(self) -> bool:
        """Tell that the answers can be ended."""
        return True

    def write_eof(self) -> None:
        """End the answers."""

    def close(self) -> None:
        """Close the connection."""
        self.closed = True

    def abort(self) -> None:
        """Close the connection."""
        self.closed = True

    def is_closing(self) -> bool:
        """Tell whether the connection is closed."""
        return self.closed

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return the addresses."""
        return ("127.0.0.1", 1) if name in {"peername", "sockname"} else default

    def pause_reading(self) -> None:
        """Read on: there is little to read."""

    def resume_reading(self) -> None:
        """Read on."""

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Have no limits."""

    def get_write_buffer_size(self) -> int:
        """Return that everything is sent."""
        return 0


async def feed_all(number: int, chance: Random) -> Counter[str]:
    """Feed `number` streams; return what is wrong with the answers, by text."""
    server = Server(create_app(), lambda: None, AllowedHosts("127.0.0.1", ()))
    server.config.load()
    found: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: found.update([f"the loop: {context.get('exception')!r}"]))
    for _ in range(number):
        data = b"".join(drawn(chance))
        wire = Wire()
        try:
            connection = server.config.http_protocol_class(  # type: ignore[operator] # made by Server
                config=server.config, server_state=server.server_state, app_state={}, _loop=loop
            )
            connection.connection_made(wire)
            place = chance.randrange(len(data) + 1)
            for piece in (data[:place], data[place:]):
                if piece and not wire.closed:
                    connection.data_received(piece)
            await settled(wire)
            if not wire.closed:
                connection.eof_received()
            await settled(wire)
            connection.connection_lost(None)
        except Exception as error:  # noqa: BLE001 - what the benchmark looks for
            found[f"{error!r} for {data[:200]!r}"] += 1
        if wrong := wrong_answer(bytes(wire.sent)):
            found[f"{wrong} for {data[:200]!r}"] += 1
    return found


def drawn(chance: Random) -> Iterator[bytes]:
    """Yield the pieces of a stream: parts of requests, whole requests, and any bytes."""
    if chance.random() < MANGLED:
        whole = chance.choice(WHOLE)
        place = chance.randrange(len(whole))
        yield whole[:place] + chance.randbytes(chance.randrange(1, 5)) + whole[place:]
        return
    for _ in range(chance.randrange(1, 13)):
        kind = chance.random()
        if kind < PART:
            yield chance.choice(PIECES)
        else:
            yield chance.choice(WHOLE) if kind < REQUEST else chance.randbytes(9)


async def settled(wire: Wire) -> None:
    """Let the answers be written."""
    before = -1
    while before != len(wire.sent):
        before = len(wire.sent)
        for _ in range(4):
            await asyncio.sleep(0)


def wrong_answer(sent: bytes) -> str:
    """Return what is wrong with the bytes of the answers, "" for nothing."""
    rest = sent
    while rest:
        head, blank, rest = rest.partition(b"\r\n\r\n")
        status = head[9:12]
        if not blank or not head.startswith(b"HTTP/1.1 ") or status[:1] not in b"124":
            return f"the answer {head[:100]!r}"
        if status[:1] == b"1":
            continue
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        length = int(lengths[0].partition(b":")[2]) if lengths else 0
        body, rest = rest[:length], rest[length:]
        if rest and not rest.startswith(b"HTTP/1.1 ") and body:
            return f"a body of another length after {head[:100]!r}"
        if not body.startswith((b"{", b"[")) and rest.startswith((b"{", b"[")):
            return f"bytes between answers after {head[:100]!r}"
    return ""


@main.command()
@click.option("--number", default=200, show_default=True)
@click.option("--seed", "number_of_seed", default=0)
def kills(number: int, number_of_seed: int) -> None:
    """Kill a server with a state file at any moment; it has to start again with what it had saved."""
    chance, found, people = Random(number_of_seed), Counter[str](), 0  # noqa: S311 - no secret
    with TemporaryDirectory() as folder:
        file = Path(folder) / "state.json"
        for _ in range(number):
            process, url = start(file)
            kept = len(requests.get(f"{url}/_mock/state", headers=KEY, timeout=10).json()["people"])
            if kept > people:
                found[f"{kept} people after a kill, {people} were sent"] += 1
            until = time.monotonic() + chance.uniform(0.05, 0.7)
            while time.monotonic() < until:
                answer = requests.post(
                    f"{url}/people", json={"user_id": f"u{people}"}, headers=KEY, timeout=10
                )
                people += answer.ok
            process.send_signal(signal.SIGKILL)
            process.wait()
        process, url = start(file)
        kept = len(requests.get(f"{url}/_mock/state", headers=KEY, timeout=10).json()["people"])
        process.terminate()
        process.wait()
    end(f"{number} kills: {people} people were sent, {kept} of them were saved", found)


def start(file: Path) -> tuple[subprocess.Popen[str], str]:
    """Return a server with a state file, and its URL."""
    command = [sys.executable, "-m", "mock_custify", "serve", "--quiet", "--port", "0"]
    command += ["--state", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    line = (process.stdout.readline() if process.stdout else "").split()
    if not line:
        raise click.ClickException("the server did not start again")
    return process, line[-1]


def end(what: str, found: Counter[str]) -> None:
    """Print what was done and what was found; exit with status 1 when something was."""
    click.echo(f"{what}: {sum(found.values())} faults")
    for text, times in found.most_common(20):
        click.echo(f"{times} times: {text}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
