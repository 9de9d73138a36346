"""The calls of benchmarks/soak.py: what is asked, how often, and which answers are right."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec
from dataplane import message

if TYPE_CHECKING:
    from random import Random

PEOPLE: Final = 500
COMPANIES: Final = 50
NUMBERS: Final = 1_000_000
LASTING: Final = "soak-lasting"
RESET: Final = "soak-reset"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of call; it comes `weight` times beside the others.

    %(person)d, %(company)d and %(number)d in path and body are drawn; a body of `messages` is a batch of so
    many for the data plane. `right` are the statuses that answer it well. One that is not `whole` is read no
    further than its first byte.
    """

    name: str
    weight: int
    method: str
    path: str
    body: str = ""
    right: tuple[int, ...] = (200,)
    authorized: bool = True
    messages: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """A call as it is sent."""

    kind: Kind
    path: str
    body: bytes
    headers: dict[str, str]


PERSON: Final = '"user_id":"u%(person)d","email":"u%(person)d@x.com","custom_attributes":{"score":%(number)d}'
LINK: Final = '"companies":[{"company_id":"c%(company)d"}]'
UNLINK: Final = '"companies":[{"company_id":"c%(company)d","remove":true}]'
BOUNDED: Final = (
    Kind("upsert", 300, "POST", "/people", f"{{{PERSON}}}"),
    Kind("link", 150, "POST", "/people", f"{{{PERSON},{LINK}}}"),
    Kind("unlink", 80, "POST", "/people", f"{{{PERSON},{UNLINK}}}"),
    Kind("delete person", 40, "DELETE", "/people?user_id=u%(person)d", right=(200, 404)),
    Kind("delete company", 10, "DELETE", "/company?company_id=c%(company)d", right=(200, 404)),
    Kind("upsert company", 40, "POST", "/company", '{"company_id":"c%(company)d","plan":"p%(number)d"}'),
    Kind("read", 200, "GET", "/people?user_id=u%(person)d", right=(200, 404)),
    Kind("list people", 50, "GET", "/people/all?itemsPerPage=20"),
    Kind("list companies", 30, "GET", "/company/all?itemsPerPage=20&page=2"),
    Kind("batch", 30, "POST", "/v1/batch", messages=9),
    Kind("no JSON", 10, "POST", "/people", '{"user_id":', (400,)),
    Kind("nobody named", 10, "POST", "/people", '{"name":"%(number)d"}', (400,)),
    Kind("no key", 10, "GET", "/people/all", right=(401,), authorized=False),
    Kind("no such path", 5, "GET", "/nothing/%(number)d", right=(404,)),
    Kind("no such method", 5, "PATCH", "/people", right=(405,)),
    Kind("state", 1, "GET", "/_mock/state"),
    Kind("journal", 1, "GET", "/_mock/requests?limit=20"),
    Kind("snapshot", 1, "PUT", "/_mock/snapshots/kept"),
    Kind("restore", 1, "POST", "/_mock/snapshots/kept/restore", right=(200, 404)),
    Kind("dashboard", 2, "GET", "/_mock/ui/"),
    Kind("live updates", 1, "GET", "/_mock/ui/events", whole=False),
)
EVENT: Final = '{"name":"Login","user_id":"%s","created_at":"2026-01-31T12:00:00Z"}'
GROWING: Final = (
    Kind("event", 200, "POST", "/event", EVENT % "u%(person)d", (202, 404)),
    Kind("event of an unknown person", 20, "POST", "/event", EVENT % "x%(number)d", (404,)),
    Kind("new person", 20, "POST", "/people", '{"user_id":"n%(number)d"}'),
    Kind("reset", 1, "POST", "/_mock/reset"),
)
TABLES: Final = {LASTING: BOUNDED, RESET: BOUNDED + GROWING}


def draw(chance: Random) -> Ask:
    """Return the next call: half of them go to the workspace that is never reset, and to what it is asked."""
    key = chance.choice((LASTING, RESET))
    table = TABLES[key]
    (kind,) = chance.choices(table, [kind.weight for kind in table])
    drawn = {
        "person": chance.randrange(PEOPLE),
        "company": chance.randrange(COMPANIES),
        "number": chance.randrange(NUMBERS),
    }
    body = batch(kind.messages, drawn["number"], key) if kind.messages else (kind.body % drawn).encode()
    return Ask(kind, kind.path % drawn, body, headers_of(kind, key))


def headers_of(kind: Kind, key: str) -> dict[str, str]:
    """Return the headers of a call; the data plane takes the key as the user of a Basic authorization."""
    if not kind.authorized:
        return {}
    held = f"Basic {b64encode(f'{key}:'.encode()).decode()}" if kind.messages else f"Bearer {key}"
    return {"Authorization": held, "Content-Type": "application/json"}


def batch(messages: int, number: int, key: str) -> bytes:
    """Return a batch; the workspace that is never reset gets no track, which would leave an event."""
    made = [message(one) for one in range(number, number + messages)]
    kept = [one for one in made if key == RESET or one["type"] != "track"]
    return msgspec.json.encode({"batch": kept})
