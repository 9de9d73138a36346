"""The rules about deals, invoices and subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET, structs

from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import complete, place
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import find_company, referred_company
from mock_custify.resources.financial.model import DEALS, INVOICES, KINDS, SUBSCRIPTIONS
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import find_person, referred_person
from mock_custify.resources.unknown_id import unknown_id

if TYPE_CHECKING:
    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.financial.model import FinancialAnswer, FinancialPost, FinancialRecord, Kind
    from mock_custify.resources.people.model import Person
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace


def write(workspace: Workspace, kind: Kind, entity: str | None, request: FinancialPost) -> Any:
    """Create or update the record that `entity`, an internal id, or else `externalId` names, and return it.

    A field not given keeps its value. Raises InvalidRequestError, with nothing changed, for an unknown
    `entity`, company or person, for an externalId of another record, and for text that is no date.
    Source: vendor's API description, section 24.
    """
    stored = workspace.records[kind.section]
    known = identified(workspace, kind, entity, request.externalId)
    sent = {name: getattr(request, name) for name in kind.fields}
    changes = {name: value for name, value in sent.items() if value is not UNSET}
    changes |= links_of(workspace, request) | {"externalId": request.externalId}
    if "metadata" in changes:
        changes["metadata"] = changes["metadata"] or {}
    if known is None:
        return place(workspace, kind.section, kind.section.entry(**changes))
    updated = structs.replace(known, **changes, updated_at=workspace.clock.stamp())
    stored.put(complete(workspace, updated))
    return stored.get(known.id)


def identified(workspace: Workspace, kind: Kind, entity: str | None, external_id: str) -> Any:
    """Return the record that a call names, or None when it is a new one; raise InvalidRequestError."""
    stored = workspace.records[kind.section]
    holder = stored.find("externalId", external_id)
    if entity is None:
        return holder
    known = stored.get(entity)
    if known is None:
        raise InvalidRequestError(f"there is no {kind.name} with the id {entity!r}")
    if holder is not None and holder.id != entity:
        raise InvalidRequestError(f"externalId {external_id!r} belongs to another {kind.name} ({holder.id})")
    return known


def links_of(workspace: Workspace, request: FinancialPost) -> dict[str, str | None]:
    """Return the company and the person that a body links or, with null, unlinks; an internal id comes first.

    Raises InvalidRequestError for an id that does not exist.
    """
    links: dict[str, str | None] = {}
    for link, own in (("company", "company_id"), ("people", "user_id")):
        name = own if getattr(request, link) is UNSET else link
        given = getattr(request, name)
        if given is not UNSET:
            links[link] = linked_id(workspace, name, given) if given else None
    return links


def linked_id(workspace: Workspace, name: str, given: str) -> str:
    """Return the internal id of what the field `name` of a body gives; raise InvalidRequestError."""
    found: Company | Person | None
    match name:
        case "company":
            found = workspace.records[COMPANIES].get(given)
        case "company_id":
            found = find_company(workspace, given)
        case "people":
            found = workspace.records[PEOPLE].get(given)
        case _:
            found = find_person(workspace, given, None)
    if found is None:
        section: Section[Any] = COMPANIES if name.startswith("company") else PEOPLE
        text = unknown_id(workspace, section, given, name if name.endswith("_id") else "id")
        raise InvalidRequestError(f"{name}: {text}")
    return found.id


def answer_of(kind: Kind, record: FinancialRecord) -> FinancialAnswer:
    """Return a record as an answer shows it."""
    kept = structs.asdict(record)
    shown = {name: kept[name] for name in kind.answer.__struct_fields__ if name in kept}
    return kind.answer(externalIds={"custify": record.externalId}, **shown)


def delete(workspace: Workspace, kind: Kind, entity: str | None, external_id: str | None) -> None:
    """Take out the record of an internal id or of your id; raise InvalidRequestError or NotFoundError."""
    stored = workspace.records[kind.section]
    if not (entity or external_id):
        raise InvalidRequestError(
            f"an internal id in the path or externalId is required to delete a {kind.name}"
        )
    known = stored.get(entity) if entity else stored.find("externalId", external_id or "")
    if known is None:
        name, value = ("id", entity) if entity else ("externalId", external_id)
        raise NotFoundError(f"there is no {kind.name} with the {name} {value!r}")
    stored.remove(known)


@DEALS.adds
def add_deal(workspace: Workspace, deal: Any) -> None:
    """Store a deal of a state."""
    add(workspace, DEALS, deal)


@INVOICES.adds
def add_invoice(workspace: Workspace, invoice: Any) -> None:
    """Store an invoice of a state."""
    add(workspace, INVOICES, invoice)


@SUBSCRIPTIONS.adds
def add_subscription(workspace: Workspace, subscription: Any) -> None:
    """Store a subscription of a state."""
    add(workspace, SUBSCRIPTIONS, subscription)


def add(workspace: Workspace, section: Section[Any], record: Any) -> None:
    """Store a record of a state, under the company and the person it names."""
    if workspace.records[section].find("externalId", record.externalId) is not None:
        raise InvalidRequestError(f"duplicate externalId {record.externalId!r}")
    company = referred_company(workspace, record.company) if record.company else None
    person = referred_person(workspace, record.people) if record.people else None
    linked = structs.replace(
        record,
        company=company.id if company else record.company,
        people=person.id if person else record.people,
    )
    place(workspace, section, linked)


@DEALS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the deals, invoices and subscriptions of a deleted person or company out."""
    for kind in KINDS:
        stored = workspace.records[kind.section]
        for record in [one for one in stored if record_id in {one.company, one.people}]:
            stored.remove(record)
