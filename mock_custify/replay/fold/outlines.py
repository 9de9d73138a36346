"""What messages of one form become in a profile, worked out once; requests are made by filling in values.

A form is worked out by two probes, messages whose values say where they come from. Requests that hold
anything but values of the message and what both probes have cannot be worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mock_custify.kinds import identifier
from mock_custify.replay.fold.forms import WHOLE, Form, with_leaves
from mock_custify.replay.fold.settings import Request, Transformed, transformed

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_transformer import Destination, TransformError

Leaves: TypeAlias = list[Any]
Make: TypeAlias = "Callable[[Leaves], Any]"
CONSTANTS: Final = frozenset({str, int, float, bool, type(None)})


class NoOutlineError(Exception):
    """The requests depend on the values of a message in another way."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a message of one form becomes in one profile: (endpoint, headers, what makes the body) each."""

    requests: tuple[tuple[str, dict[str, str], Make], ...]
    refusal: TransformError | None

    def filled(self, leaves: Leaves) -> Transformed:
        """Return what the message with these values becomes."""
        made = [Request(endpoint, headers, make(leaves)) for endpoint, headers, make in self.requests]
        return Transformed(tuple(made), self.refusal)


class Probes:
    """Two messages of the form of another; `sources` tells for each of their values which one it is."""

    def __init__(self, message: dict[str, Any], form: Form, leaves: Leaves) -> None:
        tags = [tag for tag in form if tag.__class__ not in (str, int)]
        kept = [leaf if tag not in PROBES else None for tag, leaf in zip(tags, leaves, strict=True)]
        self.opaque = {id(leaf) for leaf in kept if isinstance(leaf, dict | list)}
        self.messages: list[dict[str, Any]] = []
        self.values: list[Leaves] = []
        self.sources: list[dict[tuple[type, Any], int]] = []
        for turn in (1, 2):
            values = [
                PROBES[tag](place, turn) if tag in PROBES else leaf
                for place, (tag, leaf) in enumerate(zip(tags, kept, strict=True))
            ]
            self.values.append(values)
            self.messages.append(with_leaves(message, values))
            probed = ((value, place) for place, value in enumerate(values) if tags[place] in PROBES)
            self.sources.append({(value.__class__, value): place for value, place in probed})

    def texts(self) -> list[dict[str, int]]:
        """Return for both messages the place of each of their values, by the text of the value."""
        return [{identifier(value): place for (_, value), place in known.items()} for known in self.sources]

    def outline(self, destination: Destination, profile: str) -> Outline:
        """Return what messages of the form become; raise NoOutlineError."""
        one, other = (transformed(message, destination, profile) for message in self.messages)
        if refusal_of(one) != refusal_of(other) or len(one.requests) != len(other.requests):
            raise NoOutlineError
        pairs = list(zip(one.requests, other.requests, strict=True))
        if any(mine.endpoint != theirs.endpoint for mine, theirs in pairs):
            raise NoOutlineError
        requests = tuple(
            (mine.endpoint, mine.headers, maker(self.made_by(mine.body, theirs.body)))
            for mine, theirs in pairs
        )
        return Outline(requests, one.refusal)

    def made_by(self, one: Any, other: Any) -> int | Make:
        """Return the number of a value of the message, or what makes a value that stands in both results."""
        if one.__class__ is not other.__class__ or id(one) in self.opaque:
            raise NoOutlineError
        if one.__class__ is dict and [*one] == [*other]:
            return dict_maker((*one,), [self.made_by(one[name], other[name]) for name in one])
        if one.__class__ is list and len(one) == len(other):
            parts = [maker(self.made_by(*pair)) for pair in zip(one, other, strict=True)]
            return lambda leaves: [make(leaves) for make in parts]
        if one.__class__ not in CONSTANTS:
            raise NoOutlineError
        place, same = (
            known.get((one.__class__, value)) for known, value in zip(self.sources, (one, other), strict=True)
        )
        if place is not None and place == same:
            return place
        if one.__class__ is str and " " in one:
            return self.joined(one.split(" "), other.split(" "))
        if place is not None or same is not None or one != other:
            raise NoOutlineError
        return lambda _leaves: one

    def joined(self, one: list[str], other: list[str]) -> Make:
        """Return what makes a text of values with blanks between, such as a full name."""
        places = [
            [known.get((str, part)) for part in parts]
            for known, parts in zip(self.sources, (one, other), strict=True)
        ]
        if None in places[0] or places[0] != places[1]:
            raise NoOutlineError
        numbers: list[Any] = places[0]
        return lambda leaves: " ".join([leaves[number] for number in numbers])


def refusal_of(made: Transformed) -> Any:
    """Return what two refusals have in common when they are the same."""
    return made.refusal and (made.refusal.__class__, made.refusal.text, made.refusal.status)


def maker(source: int | Make) -> Make:
    """Return what makes a value."""
    return itemgetter(source) if isinstance(source, int) else source


def dict_maker(names: tuple[str, ...], sources: list[int | Make]) -> Make:
    """Return what makes an object."""
    places = [source if isinstance(source, int) else 0 for source in sources]
    others = [(name, make) for name, make in zip(names, sources, strict=True) if not isinstance(make, int)]
    pick: Make = itemgetter(*places, 0) if places else lambda _leaves: ()

    def make_dict(leaves: Leaves) -> dict[str, Any]:
        made = dict(zip(names, pick(leaves)))  # noqa: B905 - one value more, so that there are always several
        for name, make in others:
            made[name] = make(leaves)
        return made

    return make_dict


PROBES: Final[dict[Any, Callable[[int, int], Any]]] = {
    str: lambda place, turn: f"probe-{place}-{'of' * turn}",
    int: lambda place, turn: 1_000_003 + 10 * place + turn,
    float: lambda place, turn: 10 * place + turn + 0.25,
    WHOLE: lambda place, turn: 2_000_003.0 + 10 * place + turn,
}
