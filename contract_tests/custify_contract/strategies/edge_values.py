"""Edge values for the fields of messages, and those that give way to the next place."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custify_contract.strategies.byte_choices import ByteChoices

LONG: Final = "x" * 300
CONTAINERS: Final[tuple[Any, ...]] = ([], {}, ["x"], {"a": 1})
EMPTY: Final[tuple[Any, ...]] = (..., None, "", *CONTAINERS, inf)  # `...`: no field at all

SCALARS: Final = ("x", 0, False, True, 12.5, -1, " ", " x ", "X", "0", "false", LONG)
NO_SCALARS: Final = EMPTY
IDS: Final = ("u1", "U1", " u1 ", 77, 0, 1.5, 1e21, "0", "true", "ü 3", LONG)
NO_IDS: Final = (*EMPTY, " ", "\t\n", True, False)
TEXTS: Final = ("a@example.com", "A@EXAMPLE.COM", " a@example.com ", "0", LONG)
NO_TEXTS: Final = (*EMPTY, " ", "\n", 5, 0, True, False)
SWITCHES: Final[tuple[Any, ...]] = (
    *(True, False, "true", "false", "TRUE", " true ", "yes", "1", "", None, 1, 0, [], {}, ["true"], ...),
)
NO_OBJECTS: Final[tuple[Any, ...]] = (..., None, "text", "", 5, True, [1], {})


def fill(
    choices: ByteChoices,
    message: dict[str, Any],
    paths: Sequence[str],
    values: Sequence[Any],
    absent: Sequence[Any],
) -> None:
    """Write values at the paths: every value at every path is the first value in as many cases.

    The first byte says which path has the first value, and which value that is, or which value of `absent`
    the last path has if none has a value. The paths before have a value of `absent`, those after any value.
    """
    first, value = choices.pick(
        [
            *((place, value) for place in range(len(paths)) for value in values),
            *((len(paths), value) for value in absent),
        ]
    )
    for place, path in enumerate(paths):
        other = choices.pick(absent if place < first else (*values, *absent))
        is_chosen = place == min(first, len(paths) - 1)
        set_value(message, path, value if is_chosen else other)


def set_value(message: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a dotted path; `...` removes the field."""
    *outer, name = path.split(".")
    place = message
    for part in outer:
        place = place.setdefault(part, {})
    place.pop(name, None)
    if value is not ...:
        place[name] = value
