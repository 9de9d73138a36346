"""The grammar of filters on tasks, notes and tickets: any of the values of a field, and all of the fields.

Source: vendor's API description, section 6.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_custify.api.filters.grammar import choices_of
from mock_custify.api.filters.model import MOST_FILTERS
from mock_custify.api.filters.values import choice_of
from mock_custify.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mock_custify.api.filters.model import AnyOf
    from mock_custify.api.lists import Reader

    Words = Mapping[str, Sequence[str]]

NO_WORDS: Final[Words] = {}


def any_of(
    filters: Iterable[AnyOf], readers: Mapping[str, Reader], words: Words = NO_WORDS
) -> Callable[[Any], bool]:
    """Return the test that `filters` put to a record; raise InvalidRequestError that names the mistake.

    `readers` are the fields that can be asked for, `words` the only values of those that have a fixed set.
    A field that is asked for twice may have the values of both.
    """
    asked: dict[str, set[str]] = {}
    for index, given in enumerate(filters):
        check(given, f"filters[{index}]", readers, words)
        asked.setdefault(given.field, set()).update(map(choice_of, given.values))
    return lambda record: all(
        not wanted.isdisjoint(choices_of(readers[name](record))) for name, wanted in asked.items()
    )


def check(given: AnyOf, place: str, readers: Mapping[str, Reader], words: Words) -> None:
    """Raise InvalidRequestError when a filter has an unknown field, no value, or an unknown word."""
    if given.field not in readers:
        raise InvalidRequestError(f"{place}: field {given.field!r} is not known: use {', '.join(readers)}")
    if not given.values:
        raise InvalidRequestError(f"{place}: values is empty: give at least one")
    known = words.get(given.field, ())
    unknown = [value for value in given.values if known and value not in known]
    if unknown:
        raise InvalidRequestError(
            f"{place}: {given.field} {unknown[0]!r} is not known: use {', '.join(known)}"
        )


def any_of_schema(fields: Iterable[str], words: Words = NO_WORDS, *more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON schema of an array of filters on `fields`, and of the forms in `more`."""
    return {
        "type": "array",
        "items": {"anyOf": [*(one_filter(field, words.get(field)) for field in fields), *more]},
        "maxItems": MOST_FILTERS,
    }


def one_filter(field: str, words: Sequence[str] | None) -> dict[str, Any]:
    """Return the schema of a filter on one field, with its words where it has a fixed set."""
    values = {"enum": list(words)} if words else {"type": "string"}
    known = {"field": {"const": field}, "values": {"type": "array", "items": values, "minItems": 1}}
    return {"type": "object", "properties": known, "required": list(known), "additionalProperties": False}
