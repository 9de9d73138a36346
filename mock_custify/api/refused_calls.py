"""The calls that a server refused, as its log and the dashboard tell of them: without any key."""

from __future__ import annotations

import logging
import re
from typing import Any, Final
from urllib.parse import parse_qsl

from mock_custify.api.authorization import basic_user_of, bearer_of
from mock_custify.workspace import Store
from mock_custify.workspace.traffic.redaction import HIDDEN, SHORTEST_KEY

LOG: Final = logging.getLogger("mock_custify.traffic")
REFUSED: Final = "mock_custify.refused"  # where the environment of a refused call has status and text
JOURNALED: Final = "mock_custify.journaled"  # is set when the call is also in a journal
CONTROL: Final = "/_mock/"
UNAUTHORIZED: Final = 401
LONGEST: Final = 300
KEY_IN_PATH: Final = re.compile("(/v1/projects/)[^/]+")
NO_WRITE_KEY: Final = "failed to read writekey"
# The beginnings of the refusals of calls without a key.
KEYLESS: Final = (NO_WRITE_KEY, "an API key is required")
AS_USER: Final = "send the write key as the user, as in curl -u KEY: (Bearer is for the Custify API)"


def note_refused_call(store: Store, environ: dict[str, Any]) -> None:
    """Log a refused call, and count it when its key is the reason; the page's own calls are not counted."""
    status, text = environ[REFUSED]
    is_control = path_of(environ).startswith(CONTROL)
    if status == UNAUTHORIZED and not is_control:
        store.arrivals.refuse_key(shown_call(environ), has_key=not text.startswith(KEYLESS))
    if text.startswith(NO_WRITE_KEY) and bearer_of(environ.get("HTTP_AUTHORIZATION", "")):
        text = f"{text} | {AS_USER}"
    if JOURNALED not in environ and not is_control:
        store.arrivals.turned_away.append(f"{shown_call(environ)} -> {status} {shown(environ, text)}")
    log_refused_call(environ, status, text)


def log_refused_call(environ: dict[str, Any], status: int, text: str) -> None:
    """Log a refused call."""
    if LOG.isEnabledFor(logging.INFO):
        LOG.info("%s: refused %s | %s", shown_call(environ), status, shown(environ, text))


def log_refused_job(number: int, kind: str, status: int, text: str) -> None:
    """Log a job of a batch that was refused; its call was accepted."""
    LOG.info("POST /batch: refused job %d (%s) %s | %s", number, kind, status, text[:LONGEST])


def shown_call(environ: dict[str, Any]) -> str:
    """Return the method and the path of a call."""
    path = KEY_IN_PATH.sub(rf"\1{HIDDEN}", path_of(environ))
    return shown(environ, f"{environ['REQUEST_METHOD']} {path}")


def shown(environ: dict[str, Any], text: str) -> str:
    """Return the beginning of a text without the keys of a call."""
    for key in keys_of(environ):
        text = text.replace(key, HIDDEN) if len(key) >= SHORTEST_KEY else text
    return text[:LONGEST]


def path_of(environ: dict[str, Any]) -> str:
    """Return the path of a call as text."""
    path: str = environ["PATH_INFO"]
    return path.encode("latin-1", "replace").decode("utf-8", "replace")


def keys_of(environ: dict[str, Any]) -> list[str]:
    """Return the keys that a call names."""
    header = environ.get("HTTP_AUTHORIZATION", "")
    query = parse_qsl(environ.get("QUERY_STRING", ""))
    given = [
        bearer_of(header),
        basic_user_of(header),
        *(value for name, value in query if name == "writeKey"),
    ]
    return [key for key in given if key]
