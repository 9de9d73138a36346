"""In what a call is not as expected.

What is expected is prepared once, then compared with each call of the journal: it may be as large as a body.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import UNSET

from mock_custify.workspace.traffic.paths import PathMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.control.verification import Expectation
    from mock_custify.workspace.traffic.journal import JournalEntry

    Difference = tuple[int, str]

LONGEST_NAME: Final = 500
LONGEST_VALUE: Final = 200
MOST_DIFFERENCES: Final = 100


class ExpectedCall:
    """An expectation, ready to be compared; a wrong path weighs more than a wrong field."""

    def __init__(self, expected: Expectation) -> None:
        self.method = expected.method.upper() if expected.method is not None else None
        self.path, self.status = expected.path, expected.status
        self.pattern = PathMatcher("*" if expected.path is None else expected.path)
        self.query = ExpectedPart("query", expected.query or {})
        wanted = {name.lower(): value for name, value in (expected.headers or {}).items()}
        self.headers = ExpectedPart("headers", wanted)
        self.body = None if expected.body is UNSET else ExpectedPart("body", expected.body)

    def fits(self, call: JournalEntry) -> bool:
        """Tell whether a call is as expected."""
        return next(self.all_differences(call), None) is None

    def differences(self, call: JournalEntry) -> list[Difference]:
        """Return in what a call is not as expected, each with its weight; the first ones of many."""
        return list(islice(self.all_differences(call), MOST_DIFFERENCES))

    def all_differences(self, call: JournalEntry) -> Iterator[Difference]:
        """Yield in what a call is not as expected."""
        if self.path is not None and not self.pattern.matches(call.path):
            yield 100, f"path is {call.path}, not {self.path}"
        if self.method not in {None, call.method}:
            yield 50, f"method is {call.method}, not {self.method}"
        if self.status not in {None, call.status}:
            yield 1, f"status is {call.status}, not {self.status}"
        yield from self.query.differences(call.query)
        yield from self.headers.differences({name.lower(): value for name, value in call.headers.items()})
        if self.body is not None:
            yield from self.body.differences(call.body)


class ExpectedPart:
    """A value that a part of a call must have; an object may hold more members than expected."""

    def __init__(self, name: str, value: Any) -> None:
        self.name, self.value = name, value

    @cached_property
    def json(self) -> bytes:
        """Return the value in the form in which values are compared."""
        return as_json(self.value)

    @cached_property
    def members(self) -> list[tuple[str, ExpectedPart]] | None:
        """Return what each member of an object must be, None when the value is no object."""
        if not isinstance(self.value, dict):
            return None
        return [
            (key, ExpectedPart(f"{self.name}.{key}"[:LONGEST_NAME], member))
            for key, member in self.value.items()
        ]

    def differences(self, actual: Any) -> Iterator[Difference]:
        """Yield where `actual` lacks or changes a part of the value."""
        if self.members is not None and isinstance(actual, dict):
            for key, part in self.members:
                yield from part.differences(actual.get(key, UNSET))
        elif actual is UNSET:
            yield 1, f"{self.name} is missing, not {printed(self.json)}"
        elif (given := as_json(actual)) != self.json:
            yield 1, f"{self.name} is {printed(given)}, not {printed(self.json)}"


def as_json(value: Any) -> bytes:
    """Return a value as JSON in one form: 1 and 1.0 are one number, 1 and true are not."""
    return msgspec.json.encode(with_plain_numbers(value), order="sorted")


def with_plain_numbers(value: Any) -> Any:
    """Return a JSON value in which each whole number is an int."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {name: with_plain_numbers(part) for name, part in value.items()}
    return [with_plain_numbers(part) for part in value] if isinstance(value, list) else value


def printed(text: bytes) -> str:
    """Return a value, given as JSON, as a message shows it."""
    return text[: 4 * LONGEST_VALUE].decode("utf-8", "ignore")[:LONGEST_VALUE]
