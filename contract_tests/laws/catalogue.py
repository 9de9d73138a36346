"""Every law of the contract, in the order of the documentation page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contract_tests.laws import api, association, delivery, differences, group, identify, rows, track

if TYPE_CHECKING:
    from contract_tests.law import Law

ALL: Final[tuple[Law, ...]] = (
    *identify.LAWS,
    *rows.LAWS,
    *track.LAWS,
    *group.LAWS,
    *association.LAWS,
    *delivery.LAWS,
    *api.LAWS,
    *differences.LAWS,
)


def get_law(law_id: str) -> Law:
    """Return the law of an id; raise KeyError with the ids that are close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped id needs it

    found = next((law for law in ALL if law.id == law_id), None)
    if found is None:
        near = get_close_matches(law_id, [law.id for law in ALL], cutoff=0.3)
        raise KeyError(f"there is no law {law_id}: did you mean {' or '.join(near) or 'one of --list'}?")
    return found
