"""Finds the pattern of a message by its names and types, without a look at each of its values."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from mock_custify.replay.fold.forms import number_tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.replay.fold.patterns import Pattern

Key: TypeAlias = tuple[Any, ...]
MARK, TRAITS, PROPERTIES, INNER, COMPANY = range(5)  # come before the names of an object


@dataclass(frozen=True, slots=True)
class KnownKey:
    """The pattern of the messages of a key, and what their values must be for it.

    None of the `texts` is blank, and the numbers at their places are as those that were seen there.
    """

    pattern: Pattern | None
    texts: Callable[[list[Any]], tuple[str, ...]]
    numbers: tuple[tuple[int, Any], ...]

    def fits(self, leaves: list[Any]) -> bool:
        """Tell whether a message of the key with these values has the pattern."""
        if any(map(str.isspace, self.texts(leaves))):
            return False
        for place, tag in self.numbers:  # noqa: SIM110 - all() takes twice as long
            if number_tag(leaves[place]) != tag:
                return False
        return True


def known_key(pattern: Pattern | None, leaves: list[Any]) -> KnownKey | None:
    """Return the pattern with what these values, of a message of its form, say; None when one is blank."""
    texts = [place for place, leaf in enumerate(leaves) if leaf.__class__ is str and leaf]
    numbers = tuple(
        (place, number_tag(leaf)) for place, leaf in enumerate(leaves) if leaf.__class__ in (int, float)
    )
    # One text more, so that there are always several; the type of the message is one.
    known = KnownKey(pattern, itemgetter(*texts, texts[0]), numbers)
    return known if known.fits(leaves) else None


def key_of(message: Any, leaves: list[Any]) -> Key | None:
    """Return the type of a message, its names, and of each value its type and whether it is true.

    The values go into `leaves`, in the order of `form_of`. Returns None when the form depends on more.
    """
    if message.__class__ is not dict:
        return None
    kind, context = message.get("type"), message.get("context") or {}
    if kind.__class__ is not str or not kind or context.__class__ is not dict:
        return None
    inner = context.get("traits")
    if inner is not None and inner.__class__ is not dict:
        return None
    names: list[Any] = [kind, *message]
    leaves += message.values()
    traits, properties = message.get("traits"), message.get("properties")
    if traits.__class__ is dict:
        names += (TRAITS, *traits)
        leaves += traits.values()
    if properties.__class__ is dict:
        names += (PROPERTIES, *properties)
        leaves += properties.values()
    if inner is not None:
        names += (INNER, *inner)
        leaves += inner.values()
    for place in (traits, inner):
        if place.__class__ is dict and (company := place.get("company")).__class__ is dict:
            if "remove" in company:  # its value is compared
                return None
            names += (COMPANY, *company)
            leaves += company.values()
    names += (MARK, *context)
    return (*names, *map(type, leaves), None if all(leaves) else (*map(bool, leaves),))
