"""The calls about signals."""

from __future__ import annotations

from typing import Annotated, Final

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.filters.model import MOST_FILTERS, SignalFilter
from mock_custify.api.paging import PageQuery, asked_filters, json_parameter
from mock_custify.resources.signals import rules
from mock_custify.resources.signals.model import Signal
from mock_custify.workspace import Workspace

signals = Blueprint("signals", __name__)

FILTERS: Final = {
    "type": "array",
    "maxItems": MOST_FILTERS,
    "items": {
        "type": "object",
        "properties": {
            "field": {"enum": list(Signal.__struct_fields__)},
            "operator": {"const": "eq"},
            "value": {"type": ["string", "number", "boolean", "null"]},
        },
        "required": ["field", "value"],
    },
}


class SignalQuery(PageQuery, kw_only=True, rename="camel"):
    """The page, the filters and the `customerId` (an internal id) of a list of signals."""

    customer_type: str | None = None
    customer_id: str | None = None
    filters: Annotated[
        str, json_parameter(FILTERS, "A JSON array of filters; a record must match all of them.")
    ] = ""


class SignalsPage(Struct, kw_only=True):
    """One page of signals, and the number of all signals."""

    signals: list[Signal]
    total: int


@signals.get("/signal/entities")
@call(statuses=(400,))
def list_signals(workspace: Workspace, query: SignalQuery) -> SignalsPage:
    """List signals, newest first, about a company or a person or about all."""
    filters = asked_filters(query.filters, SignalFilter)
    found = rules.find_signals(workspace, query.customer_id, filters)
    return SignalsPage(signals=query.cut(found), total=len(found))
