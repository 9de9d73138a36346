"""Deals, invoices and subscriptions: one table of their fields, from which the three kinds are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct, field

from mock_custify.values import DATE_PATTERN, DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

Table: TypeAlias = Mapping[str, Any]
ExternalId: TypeAlias = Annotated[str, Meta(min_length=1)]
Whole: TypeAlias = int
Amount: TypeAlias = int | float
SentDate: TypeAlias = Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})]

# Source: vendor's API description, section 24. Custify field: type.
DEAL_FIELDS: Final[Table] = {
    "name": str,
    "value": Whole,
    "status": str,
    "addedAt": DateText,
    "wonAt": DateText,
    "lostAt": DateText,
}
INVOICE_FIELDS: Final[Table] = {
    "total": Amount,
    "amountPaid": Amount,
    "status": str,
    "invoicedAt": DateText,
    "paidAt": DateText,
}
SUBSCRIPTION_FIELDS: Final[Table] = {
    "plan": str,
    "mrr": Amount,
    "billingPeriod": Whole,
    "billingPeriodUnit": str,
    "startedAt": DateText,
    "canceledAt": DateText,
    "currentCycleStartAt": DateText,
    "currentCycleEndAt": DateText,
    "nextBillingAt": DateText,
    "paidInvoicesCount": Whole,
    "paidInvoicesTotal": Whole,
    "dueInvoicesCount": Whole,
    "dueInvoicesTotal": Whole,
    "dueInvoicesSince": DateText,
    "lastInvoiceStatus": str,
    "lastTransactionStatus": str,
}
# What every record has, and only the body of a subscription writes.
METADATA: Final[Table] = {"metadata": dict[str, Any]}


class FinancialPost(Struct, kw_only=True):
    """What a body of any kind holds; `company` and `people` are internal ids, the others your own.

    A missing field keeps its value; null empties a field.
    """

    externalId: ExternalId
    company: str | UnsetType | None = UNSET
    company_id: str | UnsetType | None = UNSET
    people: str | UnsetType | None = UNSET
    user_id: str | UnsetType | None = UNSET


class FinancialRecord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a record of any kind has; `company` and `people` are internal ids."""

    id: str = ""
    _id: str = ""
    externalId: ExternalId
    company: str | None = None
    people: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    created_at: DateText = ""
    updated_at: DateText = ""


class FinancialAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an answer of any kind shows: no id, and your own id only in `externalIds`."""

    externalIds: dict[str, str]
    metadata: dict[str, Any]
    company: str | None = None
    people: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of financial record: its name in paths and in lists, the fields of a body, and its types."""

    name: str
    plural: str
    fields: tuple[str, ...]
    post: type[FinancialPost]
    answer: type[FinancialAnswer]
    section: Section[Collection[Any]]


def kind_of(name: str, kept: Table, sent: Table) -> Kind:
    """Return the kind whose records hold the fields `kept` and whose bodies write the fields `sent`."""
    title = name.title()
    record: Any = typed(title, FinancialRecord, kept, f"A stored {name}.")
    return Kind(
        name=name,
        plural=f"{name}s",
        fields=tuple(sent),
        post=body_type(f"{title}Post", sent, f"The body of POST /financial/{name}."),
        answer=typed(f"{title}Answer", FinancialAnswer, kept, f"The {name} in an answer."),
        section=Section(f"{name}s", record, lambda: Collection[Any]("externalId")),
    )


def body_type(name: str, fields: Table, about: str) -> Any:
    """Return the type of a body that writes `fields`."""
    sent = [(one, sent_type(kind), UNSET) for one, kind in fields.items()]
    return defstruct(name, sent, bases=(FinancialPost,), kw_only=True, namespace={"__doc__": about})


def sent_type(kind: Any) -> Any:
    """Return the type of a field in a body."""
    return (SentDate if kind is DateText else kind) | UnsetType | None


def typed(name: str, base: type[Struct], fields: Table, about: str) -> Any:
    """Return the type of a record or an answer with `fields`, each of which may be empty."""
    kept = [(one, kind | None, None) for one, kind in fields.items()]
    return defstruct(
        name,
        kept,
        bases=(base,),
        kw_only=True,
        frozen=True,
        omit_defaults=True,
        namespace={"__doc__": about},
    )


KINDS: Final = (
    kind_of("deal", DEAL_FIELDS, DEAL_FIELDS),
    kind_of("invoice", INVOICE_FIELDS, INVOICE_FIELDS),
    kind_of("subscription", SUBSCRIPTION_FIELDS, {**SUBSCRIPTION_FIELDS, **METADATA}),
)
DEALS, INVOICES, SUBSCRIPTIONS = (kind.section for kind in KINDS)
