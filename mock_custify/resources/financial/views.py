"""The calls about deals, invoices and subscriptions: the same three for each kind."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint
from msgspec import Meta, Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, SortOrderQuery
from mock_custify.resources.financial import rules
from mock_custify.resources.financial.model import KINDS, Kind
from mock_custify.resources.ordering import in_order
from mock_custify.workspace import Workspace

financial = Blueprint("financial", __name__)


class ExternalIdQuery(Struct, kw_only=True):
    """Which record, by your id, if the path does not name it."""

    externalId: str | None = None


class DeletedRecord(Struct):
    """The number of deleted records."""

    deleted: int


def declare_write(kind: Kind) -> None:
    """Declare the call that creates or updates a record of a kind."""

    def write(workspace: Workspace, body: Any, entity: str | None = None) -> Any:
        return rules.answer_of(kind, rules.write(workspace, kind, entity, body))

    write.__doc__ = f"Create or update the {kind.name} with an internal id, or else with an externalId."
    write.__annotations__ |= {"body": kind.post, "return": kind.answer}
    declare(kind, "POST", call(statuses=(400,), example={"externalId": "e-1"})(write))


def declare_read(kind: Kind) -> None:
    """Declare the call that lists the records of a kind or reads one."""

    def read(workspace: Workspace, query: SortOrderQuery, entity: str | None = None) -> Any:
        stored = workspace.records[kind.section]
        found = list(stored) if entity is None else [one for one in [stored.get(entity)] if one is not None]
        found = in_order(found, kind.section.entry, query.asked_sorting())
        shown = [rules.answer_of(kind, one) for one in query.cut(found, LARGEST_OF_OTHERS)]
        return shown[0] if len(found) == len(shown) == 1 else {kind.plural: shown, "total": len(found)}

    read.__doc__ = f"List {kind.plural}, oldest first, or read one; a single result comes without a list."
    read.__annotations__["return"] = Annotated[dict[str, Any], Meta(extra_json_schema=either_schema(kind))]
    declare(kind, "GET", call(statuses=(400,))(read))


def declare_delete(kind: Kind) -> None:
    """Declare the call that deletes a record of a kind."""

    def delete(workspace: Workspace, query: ExternalIdQuery, entity: str | None = None) -> DeletedRecord:
        rules.delete(workspace, kind, entity, query.externalId)
        return DeletedRecord(1)

    delete.__doc__ = f"Delete the {kind.name} with an internal id or an externalId."
    declare(kind, "DELETE", call(statuses=(400, 404))(delete))


def declare(kind: Kind, method: str, view: Any) -> None:
    """Route a call to the path of a kind, without and with an internal id."""
    for path in (f"/financial/{kind.name}", f"/financial/{kind.name}/<entity>"):
        financial.add_url_rule(path, f"{method.lower()}_{kind.name}", view, methods=[method])


def either_schema(kind: Kind) -> dict[str, Any]:
    """Return the schema of an answer that is a record or a page of records."""
    one = {"$ref": f"#/components/schemas/{kind.answer.__name__}"}
    page = {
        "type": "object",
        "properties": {kind.plural: {"type": "array", "items": one}, "total": {"type": "integer"}},
        "required": [kind.plural, "total"],
    }
    return {"anyOf": [page, one]}


for each in KINDS:
    declare_write(each)
    declare_read(each)
    declare_delete(each)
