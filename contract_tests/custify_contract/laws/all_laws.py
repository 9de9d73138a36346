"""Every law of the contract, in the order of the documentation page."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from custify_contract.laws import (
    association,
    custom_attributes,
    delivery,
    divergence_examples,
    group,
    group_without_id,
    identify,
    refusals,
    removal,
    repeated_delivery,
    track,
)
from custify_contract.laws.fake import deletions as custify_deletions
from custify_contract.laws.fake import reads as custify_reads
from custify_contract.laws.fake import refusals as custify_refusals
from custify_contract.laws.fake import sequence as custify_sequences
from custify_contract.laws.fake import values as custify_values
from custify_contract.laws.fake import vendor_rules as custify_vendor_rules
from custify_contract.laws.fake import writes as custify_writes
from custify_contract.laws.mapping import rows as mapping_rows
from custify_contract.laws.rules import company as company_rules
from custify_contract.laws.rules import events as event_rules
from custify_contract.laws.rules import fields as field_rules
from custify_contract.laws.rules import identity as identity_rules
from custify_contract.laws.rules import messages as message_rules
from custify_contract.laws.rules import values as value_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custify_contract.law import Law

ALL: Final[tuple[Law, ...]] = (
    *identify.LAWS,
    *removal.LAWS,
    *custom_attributes.LAWS,
    *mapping_rows.LAWS,
    *track.LAWS,
    *group.LAWS,
    *group_without_id.LAWS,
    *association.LAWS,
    *delivery.LAWS,
    *refusals.LAWS,
    *repeated_delivery.LAWS,
    *identity_rules.LAWS,
    *field_rules.LAWS,
    *company_rules.LAWS,
    *event_rules.LAWS,
    *message_rules.LAWS,
    *value_rules.LAWS,
    *custify_writes.LAWS,
    *custify_refusals.LAWS,
    *custify_reads.LAWS,
    *custify_deletions.LAWS,
    *custify_values.LAWS,
    *custify_vendor_rules.LAWS,
    *custify_sequences.LAWS,
    *divergence_examples.LAWS,
)


def get_law(law_id: str) -> Law:
    """Return the law with an id; raise KeyError."""
    return {law.id: law for law in ALL}[law_id]


def named_laws(name: str, laws: Sequence[Law] = ALL) -> list[Law]:
    """Return the laws for an id, for the beginning of ids ("association"), or for a pattern ("*.name").

    Raises KeyError, with similar ids if there are any.
    """
    found = [law for law in laws if fnmatchcase(law.id, name) or law.id.startswith(f"{name}.")]
    if not found:
        similar = get_close_matches(name, sorted({one for law in laws for one in beginnings(law.id)}))
        hint = f"did you mean {' or '.join(similar)}?" if similar else "--list shows them"
        raise KeyError(f"there is no law {name}: {hint}")
    return found


def beginnings(law_id: str) -> list[str]:
    """Return an id and its beginnings, each of which names laws."""
    parts = law_id.split(".")
    return [".".join(parts[: number + 1]) for number in range(len(parts))]
