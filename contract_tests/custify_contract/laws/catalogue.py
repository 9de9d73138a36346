"""Every law of the contract, in the order of the documentation page."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from custify_contract.laws import api, association, delivery, differences, group, identify, rows, track

if TYPE_CHECKING:
    from custify_contract.law import Law

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
    """Return the law of an id; raise KeyError."""
    return {law.id: law for law in ALL}[law_id]


def named_laws(name: str) -> list[Law]:
    """Return the laws that `name` means: an id, how ids begin ("association"), or a pattern ("*.name").

    Raises KeyError with the ids that are close.
    """
    found = [law for law in ALL if fnmatchcase(law.id, name) or law.id.startswith(f"{name}.")]
    if not found:
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped id needs it

        near = get_close_matches(name, [law.id for law in ALL])
        guess = f"did you mean {' or '.join(near)}?" if near else "--list shows them"
        raise KeyError(f"there is no law {name}: {guess}")
    return found
