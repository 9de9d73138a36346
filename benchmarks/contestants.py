"""The servers that benchmarks/server.py compares: how each is started, and its nearest calls."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
WIREMOCK: Final = "wiremock-standalone-3.13.2"
JSON: Final = "Content-Type: application/json"
PERSON: Final = (
    '{"user_id":"u%d","email":"u%d@example.com","name":"Alex Keener","session_count":%d,'
    '"custom_attributes":{"plan":"Pro","score":12.5}}'
)
EVENT: Final = (
    '{"name":"Login","user_id":"u%d","created_at":"2026-01-31T12:00:00Z","metadata":{"plan":"Pro"}}'
)


@dataclass(frozen=True, slots=True)
class Request:
    """One kind of call; "%d" in path and body is a number that counts from 1 to 1,000 again and again.

    "%t" in a header of its Contestant is a token that changes every 4,000 calls: emulate answers each one's
    first 5,000 calls of an hour, and refuses the others.
    """

    method: str
    path: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server: its command, in which PORT stands for the port, and what it is asked.

    `calls` are by kind: upsert, read, list, event. `prepare` makes the record that is read.
    """

    name: str
    command: tuple[str, ...]
    calls: dict[str, Request]
    headers: tuple[str, ...] = (JSON,)
    prepare: Request | None = None
    files: dict[str, str] = field(default_factory=dict)
    source: Path = HERE.parent

    @property
    def python_path(self) -> str:
        """Return where Python finds the packages of the fake; older sources have them all at the top."""
        folders = self.source, self.source / "transformer", self.source / "contract_tests"
        return ":".join(map(str, folders))

    def is_installed(self) -> bool:
        """Tell whether all files that the command names are there."""
        return all(Path(part).exists() for part in self.command if part.startswith("/"))


def ours() -> list[Contestant]:
    """Return the fake and, as its limits, a bare answer and a bare Flask on the same web server."""
    serve = (sys.executable, "-m", "mock_custify", "serve", "--quiet", "--port", "PORT")
    calls = {
        "upsert": Request("POST", "/people", PERSON),
        "read": Request("GET", "/people?user_id=u%d"),
        "list": Request("GET", "/company/all?itemsPerPage=10"),
        "event": Request("POST", "/event", EVENT),
    }
    hello = {"upsert": Request("POST", "/", PERSON), "read": Request("GET", "/")}
    return [
        Contestant("mock-custify", serve, calls, (JSON, "Authorization: Bearer benchmark-key")),
        *(
            Contestant(f"hello, {kind}", (sys.executable, str(HERE / "hello.py"), kind, "PORT"), hello)
            for kind in ("bare", "Flask")
        ),
    ]


def without_uvloop() -> Contestant:
    """Return the fake on asyncio's own event loop, as after an install without the extra `fast`."""
    start = "import sys; sys.modules['uvloop'] = None; from mock_custify.__main__ import main; main()"
    fake = ours()[0]
    command = (sys.executable, "-c", start, *fake.command[3:])
    return replace(fake, name="mock-custify without uvloop", command=command)


def elsewhere() -> list[Contestant]:
    """Return the fake on the other WSGI servers that are installed beside it."""
    app = "mock_custify.app:create_app"
    granian = ("--interface", "wsgi", "--no-ws", "--factory", "--port", "PORT", app)
    commands = {
        "granian": ("--blocking-threads", "1", *granian),
        "waitress": ("--listen=127.0.0.1:PORT", "--threads=4", "--call", app),
        "gunicorn": ("--worker-class=gthread", "--threads=4", "--bind=127.0.0.1:PORT", f"{app}()"),
        "flask": (f"--app={app}", "run", "--port=PORT"),
    }
    fake = ours()[0]
    return [
        replace(fake, name=f"mock-custify on {name}", command=(sys.executable, "-m", name, *options))
        for name, options in commands.items()
        if find_spec(name)
    ]


def peers(folder: Path) -> list[Contestant]:
    """Return the other mock servers; those found are in node_modules and venv under `folder`."""
    modules, python = folder.absolute() / "node_modules", folder.absolute() / "venv/bin"
    node = modules / ".bin"
    form = "Content-Type: application/x-www-form-urlencoded"
    customer = Request("POST", "/v1/customers", "email=u%d@example.com&name=Alex")
    item = '{"id":"1","name":"Alex Keener","email":"u@example.com"}'
    put, get = Request("PUT", "/people/1", item), Request("GET", "/people/1")
    return [
        Contestant(
            "emulate (Stripe)",
            (str(node / "node"), str(node / "emulate"), "start", "--service", "stripe", "--port", "PORT"),
            {"upsert": customer, "read": Request("GET", "/v1/customers?limit=1")},
            ("Authorization: Bearer sk_test_%t", form),
        ),
        Contestant(
            "WireMock (canned answer)",
            (
                "java",
                "-jar",
                str(modules / f"wiremock/build/{WIREMOCK}.jar"),
                "--port",
                "PORT",
                "--disable-banner",
            ),
            {"upsert": Request("POST", "/people", item), "read": Request("GET", "/people")},
            files={
                "mappings/people.json": f'{{"request":{{"url":"/people"}},"response":{{"jsonBody":{item}}}}}'
            },
        ),
        Contestant(
            "json-server",
            (str(node / "json-server"), "--quiet", "--port", "PORT", "people.json"),
            {"upsert": put, "read": get},
            files={"people.json": f'{{"people":[{item}]}}'},
        ),
        Contestant(
            "localstripe",
            (str(python / "localstripe"), "--port", "PORT"),
            {"upsert": customer, "read": Request("GET", "/v1/customers?limit=1")},
            ("Authorization: Bearer sk_test_12345", form),
        ),
        Contestant(
            "moto_server (SNS)",
            (str(python / "moto_server"), "--port", "PORT"),
            {
                "upsert": Request("POST", "/", "Action=CreateTopic&Name=t%d"),
                "read": Request("POST", "/", "Action=ListTopics"),
            },
            (
                form,
                "Authorization: AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/sns/aws4_request",
            ),
        ),
    ]
