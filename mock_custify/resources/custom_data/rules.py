"""The rules about custom data: its owner, and when it is created or updated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from mock_custify.errors import InvalidRequestError
from mock_custify.resources.adding import place
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import find_company, referred_company
from mock_custify.resources.custom_data.model import CUSTOM_DATA, CustomData, CustomDataItem, key_of
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import find_person, referred_person
from mock_custify.resources.unknown_id import unknown_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.custom_data.model import CustomDataPost, EntityModel
    from mock_custify.resources.people.model import Person
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

# Source: vendor's API description, sections 10 and 28, item 16: a path says companies, a batch Company.
MODELS: Final[dict[str, EntityModel]] = {
    "companies": "companies",
    "company": "companies",
    "people": "people",
    "customer": "people",
    "customers": "people",
}


def model_named(name: str) -> EntityModel:
    """Return the model that a call names, in any case and spelling; raise InvalidRequestError."""
    model = MODELS.get(name.casefold())
    if model is None:
        raise InvalidRequestError(f"entityModel is companies or people, not {name!r}")
    return model


def find_owner(
    workspace: Workspace, model: EntityModel, entity: str | None, company_id: str | None, user_id: str | None
) -> Company | Person | None:
    """Return the company or person that a call names, by internal id or by yours, or None for an unknown one.

    Raises InvalidRequestError if the call names no owner.
    """
    if entity:
        records = workspace.records
        return records[COMPANIES].get(entity) if model == "companies" else records[PEOPLE].get(entity)
    if model == "companies" and company_id:
        return find_company(workspace, company_id)
    if model == "people" and user_id:
        return find_person(workspace, user_id, None)
    own_id = "company_id" if model == "companies" else "user_id"
    raise InvalidRequestError(f"an internal id in the path or {own_id} is required")


def get_owner(
    workspace: Workspace, model: EntityModel, entity: str | None, company_id: str | None, user_id: str | None
) -> Company | Person:
    """Return the company or person that a call names; raise InvalidRequestError, also for an unknown one."""
    owner = find_owner(workspace, model, entity, company_id, user_id)
    if owner is None:
        of_company = model == "companies"
        section: Section[Any] = COMPANIES if of_company else PEOPLE
        own = (company_id, "company_id") if of_company else (user_id, "user_id")
        given = (entity, "id") if entity else own
        raise InvalidRequestError(unknown_id(workspace, section, *given))
    return owner


def write_custom_data(
    workspace: Workspace,
    entity_model: str,
    entity_record: Company | Person,
    payloads: Sequence[CustomDataPost],
) -> list[CustomData]:
    """Create or update the objects of a company or person, one after the other, and return them.

    An object is the same when its type and its id are. The keys of `data` that are sent are written, the
    others stay, null takes a key away. Raises InvalidRequestError for an unknown `entity_model`.
    Source: vendor's API description, section 11.
    """
    model = model_named(entity_model)
    return [write_one(workspace, model, entity_record.id, payload) for payload in payloads]


def write_one(workspace: Workspace, model: EntityModel, entity: str, payload: CustomDataPost) -> CustomData:
    """Create or update one object."""
    stored = workspace.records[CUSTOM_DATA]
    known = stored.find("key", key_of(entity, payload.data_type, payload.data_id))
    both = {**(known.data if known else {}), **payload.data}
    data = {name: value for name, value in both.items() if value is not None}
    if known is None:
        sent = structs.asdict(payload) | {"data": data}
        return place(workspace, CUSTOM_DATA, CustomData(entity=entity, entityModel=model, **sent))
    updated = structs.replace(known, data=data, updated_at=workspace.clock.stamp())
    stored.put(updated)
    return updated


def find_custom_data(
    workspace: Workspace, entity: str, data_type: str | None, data_id: str | None
) -> list[CustomData]:
    """Return the objects of a company or person, of a type and with an id when they are given."""
    return [
        one
        for one in workspace.records[CUSTOM_DATA]
        if one.entity == entity and data_type in {None, one.data_type} and data_id in {None, one.data_id}
    ]


def by_type(found: Sequence[CustomData]) -> dict[str, list[CustomDataItem]]:
    """Return objects as an answer shows them: one list for each type."""
    grouped: dict[str, list[CustomDataItem]] = {}
    for one in found:
        item = CustomDataItem(data_type=one.data_type, data_id=one.data_id, data=one.data)
        grouped.setdefault(one.data_type, []).append(item)
    return grouped


@CUSTOM_DATA.adds
def add_custom_data(workspace: Workspace, entry: CustomData) -> None:
    """Store an object of a state under the company or person it names."""
    model = model_named(entry.entityModel)
    refer = referred_company if model == "companies" else referred_person
    owner = refer(workspace, entry.entity)
    if owner is None:
        raise InvalidRequestError(
            f"there is no {'company' if model == 'companies' else 'person'} {entry.entity!r}"
        )
    entry = structs.replace(entry, entity=owner.id, entityModel=model)
    if workspace.records[CUSTOM_DATA].find("key", entry.key) is not None:
        raise InvalidRequestError(f"duplicate data_id {entry.data_id!r} of {entry.data_type!r}")
    place(workspace, CUSTOM_DATA, entry)


def remove(workspace: Workspace, found: Sequence[CustomData]) -> int:
    """Take objects out and return how many there were."""
    for one in found:
        workspace.records[CUSTOM_DATA].remove(one)
    return len(found)


@CUSTOM_DATA.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the custom data of a deleted person or company out."""
    remove(workspace, find_custom_data(workspace, record_id, None, None))
