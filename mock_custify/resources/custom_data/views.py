"""The calls about custom data."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.resources.custom_data import rules
from mock_custify.resources.custom_data.model import CustomDataItem, CustomDataPost
from mock_custify.workspace import Workspace

custom_data = Blueprint("custom_data", __name__)


class OwnerQuery(Struct, kw_only=True):
    """The company or person of the custom data, by your id, if the path does not name it."""

    company_id: str | None = None
    user_id: str | None = None


class CustomDataQuery(OwnerQuery, kw_only=True):
    """The company or person of the custom data, and which objects: of a type, or with an id."""

    data_type: str | None = None
    data_id: str | None = None


class DeletedCustomData(Struct):
    """The number of deleted objects."""

    deleted: int


@custom_data.post("/custom_data/<entity_model>")
@custom_data.post("/custom_data/<entity_model>/<entity>")
@call(
    statuses=(400,),
    example={"data_type": "order", "data_id": "o-1", "data": {"amount": 123, "is_paid": True}},
)
def write_custom_data(
    workspace: Workspace,
    entity_model: str,
    query: OwnerQuery,
    body: CustomDataPost | list[CustomDataPost],
    entity: str | None = None,
) -> dict[str, list[CustomDataItem]]:
    """Create or update custom data of a company or a person; the answer has what was written, by type."""
    model = rules.model_named(entity_model)
    owner = rules.get_owner(workspace, model, entity, query.company_id, query.user_id)
    payloads = body if isinstance(body, list) else [body]
    written = rules.write_custom_data(workspace, model, owner, payloads)
    return rules.by_type(list({one.id: one for one in written}.values()))


@custom_data.get("/custom_data/<entity_model>")
@custom_data.get("/custom_data/<entity_model>/<entity>")
@call(statuses=(400,))
def read_custom_data(
    workspace: Workspace, entity_model: str, query: CustomDataQuery, entity: str | None = None
) -> dict[str, list[CustomDataItem]]:
    """Read the custom data of a company or a person, by type; an unknown record has none."""
    model = rules.model_named(entity_model)
    owner = rules.find_owner(workspace, model, entity, query.company_id, query.user_id)
    if owner is None:
        return {}
    return rules.by_type(rules.find_custom_data(workspace, owner.id, query.data_type, query.data_id))


@custom_data.delete("/custom_data/<entity_model>")
@custom_data.delete("/custom_data/<entity_model>/<entity>")
@call(statuses=(400,))
def delete_custom_data(
    workspace: Workspace, entity_model: str, query: CustomDataQuery, entity: str | None = None
) -> DeletedCustomData:
    """Delete all custom data of a company or a person, or only that of a type or an id."""
    model = rules.model_named(entity_model)
    owner = rules.get_owner(workspace, model, entity, query.company_id, query.user_id)
    found = rules.find_custom_data(workspace, owner.id, query.data_type, query.data_id)
    return DeletedCustomData(rules.remove(workspace, found))
