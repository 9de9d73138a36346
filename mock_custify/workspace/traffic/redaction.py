"""Keeps an API key out of everything that is remembered about a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qsl, quote, unquote, unquote_plus, urlencode

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

HIDDEN: Final = "[redacted]"
HIDDEN_BYTES: Final = HIDDEN.encode()
# A shorter key is part of too many plain words to be taken out of a text.
SHORTEST_KEY: Final = 8


def without_key(text: str, key: str) -> str:
    """Return a decoded text without the key."""
    return text.replace(key, HIDDEN)


def query_without_key(query: str, key: str) -> str:
    """Return a raw query string without the key, however it is escaped."""
    if "%" not in query and "+" not in query:
        return query.replace(key, HIDDEN)
    if key in unquote_plus(query):
        pairs = parse_qsl(query, keep_blank_values=True)
        return urlencode([(without_key(name, key), without_key(value, key)) for name, value in pairs])
    # A client that does not encode its query sends a + of the key as it is.
    plain = unquote(query)
    return quote(without_key(plain, key), safe="=&+") if key in plain else query


def body_without_key(body: bytes, key: str) -> bytes:
    """Return a body without the key, escaped or not."""
    plain = body.replace(key.encode(), HIDDEN_BYTES)
    return unescaped_without_key(plain, key) if b"\\" in plain else plain


def answer_without_key(body: bytes, key: str) -> bytes:
    """Return an answer without the key, which a refusal may repeat as a query gave it: + read as a space."""
    plain = body_without_key(body, key)
    return body_without_key(plain, unquote_plus(key)) if "+" in key or "%" in key else plain


def unescaped_without_key(body: bytes, key: str) -> bytes:
    """Return a JSON body without a key that is written in escapes; other bodies as they are."""
    try:
        text = msgspec.json.encode(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return body
    wanted = msgspec.json.encode(key)[1:-1]
    return text.replace(wanted, HIDDEN_BYTES) if wanted in text else body


def headers_without_key(headers: dict[str, str], key: str) -> dict[str, str]:
    """Return headers without the key in any value."""
    return {name: without_key(value, key) for name, value in headers.items()}


def without_keys(value: T, keys: Iterable[str]) -> T:
    """Return a JSON value without the keys, wherever they stand; one that cannot be printed is hidden."""
    try:
        body = plain = msgspec.json.encode(value)
        for key in keys:
            body = body_without_key(body, key)
        found: T = value if body == plain else msgspec.json.decode(body)
    except (ValueError, OverflowError, RecursionError):
        return HIDDEN  # type: ignore[return-value] # shown in place of any value
    return found


def hideable(*keys: str) -> tuple[str, ...]:
    """Return the keys that are long enough to be hidden."""
    return tuple(dict.fromkeys(key for key in keys if len(key) >= SHORTEST_KEY))
