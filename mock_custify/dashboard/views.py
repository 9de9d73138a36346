"""The calls that only the page makes: tables, details, the map and the preview."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import control_call
from mock_custify.api.backend import Backend
from mock_custify.dashboard.calls import CallQuery, CallTable, call_detail, call_table
from mock_custify.dashboard.details import company_detail, event_detail, person_detail
from mock_custify.dashboard.graph import Graph, GraphQuery, graph_of
from mock_custify.dashboard.live import counts_of, delivery_detail
from mock_custify.dashboard.messages import MessageQuery, MessageTable, message_table
from mock_custify.dashboard.preview import preview
from mock_custify.dashboard.tables import Table, TableQuery, companies_table, events_table, people_table
from mock_custify.dashboard.timeline import timeline_of
from mock_custify.workspace import Workspace

dashboard_api = Blueprint("dashboard_api", __name__, url_prefix="/_mock/ui/api")


class PreviewPost(Struct, kw_only=True):
    """A message to try, of any JSON type."""

    message: Any


@dashboard_api.get("/counts")
@control_call()
def get_counts(workspace: Workspace) -> dict[str, int]:
    """Count what the workspace holds."""
    return counts_of(workspace)


@dashboard_api.get("/people")
@control_call(statuses=(400,))
def list_people(workspace: Workspace, query: TableQuery) -> Table:
    """Search and sort the table of people."""
    return people_table(workspace.records, query)


@dashboard_api.get("/companies")
@control_call(statuses=(400,))
def list_companies(workspace: Workspace, query: TableQuery) -> Table:
    """Search and sort the table of companies."""
    return companies_table(workspace.records, query)


@dashboard_api.get("/events")
@control_call(statuses=(400,))
def list_events(workspace: Workspace, query: TableQuery) -> Table:
    """Search and sort the table of events, including dropped ones."""
    return events_table(workspace.records, query)


@dashboard_api.get("/people/<record_id>")
@control_call(statuses=(404,))
def get_person(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Read a person with typed attributes, companies and events."""
    return {**person_detail(workspace, record_id), "timeline": timeline_of(workspace, record_id)}


@dashboard_api.get("/companies/<record_id>")
@control_call(statuses=(404,))
def get_company(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Read a company with typed attributes, people and events."""
    return {**company_detail(workspace, record_id), "timeline": timeline_of(workspace, record_id)}


@dashboard_api.get("/events/<record_id>")
@control_call(statuses=(404,))
def get_event(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Read an event with the person and the company it is linked to."""
    return event_detail(workspace, record_id)


@dashboard_api.get("/map")
@control_call(statuses=(400,))
def get_map(workspace: Workspace, query: GraphQuery) -> Graph:
    """Read the associations that the map shows."""
    return graph_of(workspace.records, query)


@dashboard_api.post("/preview")
@control_call(statuses=(400,))
def try_message(workspace: Workspace, backend: Backend, body: PreviewPost) -> dict[str, Any]:
    """Show what a message would become; nothing is changed."""
    return preview(workspace, backend.app, body.message)


@dashboard_api.get("/deliveries")
@control_call(statuses=(400,))
def list_messages(workspace: Workspace, backend: Backend, query: MessageQuery) -> MessageTable:
    """Search the messages, with notices that explain why one may be missing."""
    return message_table(workspace, backend.store, query)


@dashboard_api.get("/requests")
@control_call(statuses=(400,))
def list_calls(workspace: Workspace, query: CallQuery) -> CallTable:
    """Search the calls of the Custify API, with the records that each is about."""
    return call_table(workspace, query)


@dashboard_api.get("/requests/<number>")
@control_call(statuses=(400, 404))
def get_call(workspace: Workspace, number: str) -> dict[str, Any]:
    """Read a call with the message that made it."""
    return call_detail(workspace, number)


@dashboard_api.get("/deliveries/<number>")
@control_call(statuses=(400, 404))
def get_delivery(workspace: Workspace, number: str) -> dict[str, Any]:
    """Read a message with its requests by both profiles, and what it changed."""
    return delivery_detail(workspace, number)
