"""The known divergences, read from divergences.json."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from custify_transformer.javascript import decode

TABLE: Final = Path(__file__).with_name("divergences.json")
EXAMPLE_LAW: Final = "example."  # each example is a law, too: its id is this and the id of the divergence


@dataclass(frozen=True, slots=True)
class Divergence:
    """One difference between the profiles, with an example message and its outcome in both profiles."""

    id: str
    page: str
    observed: str
    message: Any
    config: dict[str, Any]
    law: str
    harm: str
    documented: Any
    production: Any


@cache
def divergences() -> list[Divergence]:
    """Return the known divergences, in the order of the page."""
    return [Divergence(**fields) for fields in decode(TABLE.read_bytes())]


def find_divergence(wanted: str) -> Divergence | None:
    """Return the known divergence with an id, or None."""
    return next((one for one in divergences() if one.id == wanted), None)
