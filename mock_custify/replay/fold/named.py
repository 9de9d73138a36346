"""What the requests of a message name, taken from the values of the message once its form is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from mock_custify.kinds import identifier
from mock_custify.replay.fold.identity import keys_of, once_ids_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_custify.replay.fold.outlines import Leaves, Outline, Probes
    from mock_custify.replay.fold.settings import Request


class Named(Struct, frozen=True):
    """A key for each record that requests name, and the ids by which their events count once."""

    keys: tuple[str, ...]
    once: tuple[str, ...]


class NamedPlaces(Struct, frozen=True):
    """Which values of a message of one form are named: by (kind of the key, place), and by place."""

    keys: tuple[tuple[str, int], ...]
    once: tuple[int, ...]

    def named(self, leaves: Leaves) -> Named:
        """Return what the requests of the message with these values name."""
        keys = tuple([kind + identifier(leaves[place]) for kind, place in self.keys])
        return Named(keys, tuple([identifier(leaves[place]) for place in self.once]))


def named_by(requests: Iterable[Request]) -> Named:
    """Return what requests name."""
    requests = tuple(requests)
    return Named(tuple(dict.fromkeys(keys_of(requests))), tuple(dict.fromkeys(once_ids_of(requests))))


def named_places(outlines: Iterable[Outline], probes: Probes) -> NamedPlaces | None:
    """Return which values the requests of all outlines name; None when they name anything else."""
    one, other = (
        places_in(
            named_by(request for outline in outlines for request in outline.filled(values).requests), known
        )
        for values, known in zip(probes.values, probes.texts(), strict=True)
    )
    return one if one == other else None


def places_in(named: Named, places: dict[str, int]) -> NamedPlaces | None:
    """Return where the named values stand; None when one stands nowhere."""
    try:
        keys = tuple((key[0], places[key[1:]]) for key in named.keys)
        return NamedPlaces(keys, tuple(places[one] for one in named.once))
    except KeyError:
        return None
