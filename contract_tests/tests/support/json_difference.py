"""Comparison of two JSON values, texts or files; a difference is shown as paths with both values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING: Final = "(missing)"
MOST: Final = 20  # differences that an error shows
AROUND: Final = 20  # characters around the first different one


def assert_same_json(ours: Any, theirs: Any) -> None:
    """Expect the same JSON, with the same types; texts and bytes must also be the same, byte for byte."""
    one, other = printed(ours), printed(theirs)
    if one == other:
        return
    found = list(differences(json.loads(one), json.loads(other)))
    lines = [f"{path}: ours {left}, theirs {right}" for path, left, right in found[:MOST]]
    more = [f"... and {len(found) - MOST} more"] if len(found) > MOST else []
    raise AssertionError("\n".join(["the JSON differs:", *(lines or [same_values(one, other)]), *more]))


def printed(value: Any) -> str:
    """Return the text of a value: bytes and texts as they are, other values as JSON with sorted keys."""
    if isinstance(value, bytes):
        return value.decode()
    return value if isinstance(value, str) else json.dumps(json.loads(encode(value)), sort_keys=True)


def same_values(one: str, other: str) -> str:
    """Return where two texts of the same values differ: in the order of keys, or in blanks."""
    place = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    left, right = (text[max(place - AROUND, 0) : place + AROUND] for text in (one, other))
    return f"the values are the same, but not the text: at {place}, ours {left!r}, theirs {right!r}"


def differences(ours: Any, theirs: Any, path: str = "$") -> Iterator[tuple[str, str, str]]:
    """Yield each path at which two JSON values differ, with both values as JSON."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            yield from differences(ours.get(key, ...), theirs.get(key, ...), f"{path}.{key}")
    elif isinstance(ours, list) and isinstance(theirs, list):
        for at in range(max(len(ours), len(theirs))):
            one, other = (many[at] if at < len(many) else ... for many in (ours, theirs))
            yield from differences(one, other, f"{path}[{at}]")
    elif text_of(ours) != text_of(theirs):
        yield path, text_of(ours), text_of(theirs)


def text_of(value: Any) -> str:
    """Return a value as JSON."""
    return MISSING if value is ... else json.dumps(value, ensure_ascii=False, sort_keys=True)
