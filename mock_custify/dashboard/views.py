"""The calls that only the page makes: tables, details, the map and the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from mock_custify.api import Endpoints
from mock_custify.dashboard.details import company_detail, event_detail, person_detail
from mock_custify.dashboard.graph import Graph, GraphQuery, graph_of
from mock_custify.dashboard.live import counts_of, delivery_detail
from mock_custify.dashboard.preview import preview
from mock_custify.dashboard.tables import Table, TableQuery, companies_table, events_table, people_table

if TYPE_CHECKING:
    from mock_custify.workspace import Workspace

endpoints = Endpoints("Dashboard")
API = "/_mock/ui/api"


class PreviewPost(Struct, kw_only=True):
    """A message to try, of any JSON type."""

    message: Any


@endpoints.get(f"{API}/counts", answer=dict[str, int])
def get_counts(workspace: Workspace) -> dict[str, int]:
    """Count what the workspace holds."""
    return counts_of(workspace)


@endpoints.get(f"{API}/people", query=TableQuery, answer=Table, statuses=(400,))
def list_people(workspace: Workspace, query: TableQuery) -> Table:
    """Search and sort the table of people."""
    return people_table(workspace.records, query)


@endpoints.get(f"{API}/companies", query=TableQuery, answer=Table, statuses=(400,))
def list_companies(workspace: Workspace, query: TableQuery) -> Table:
    """Search and sort the table of companies."""
    return companies_table(workspace.records, query)


@endpoints.get(f"{API}/events", query=TableQuery, answer=Table, statuses=(400,))
def list_events(workspace: Workspace, query: TableQuery) -> Table:
    """Search and sort the table of events, dropped ones included."""
    return events_table(workspace.records, query)


@endpoints.get(f"{API}/people/{{record_id}}", answer=dict[str, Any], statuses=(404,))
def get_person(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Read a person with typed attributes, companies and events."""
    return person_detail(workspace, record_id)


@endpoints.get(f"{API}/companies/{{record_id}}", answer=dict[str, Any], statuses=(404,))
def get_company(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Read a company with typed attributes, people and events."""
    return company_detail(workspace, record_id)


@endpoints.get(f"{API}/events/{{record_id}}", answer=dict[str, Any], statuses=(404,))
def get_event(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Read an event with the person and the company it is linked to."""
    return event_detail(workspace, record_id)


@endpoints.get(f"{API}/map", query=GraphQuery, answer=Graph, statuses=(400,))
def get_map(workspace: Workspace, query: GraphQuery) -> Graph:
    """Read the part of the associations that a picture can show."""
    return graph_of(workspace.records, query)


@endpoints.post(f"{API}/preview", body=PreviewPost, answer=dict[str, Any], statuses=(400, 413))
def try_message(workspace: Workspace, body: PreviewPost) -> dict[str, Any]:
    """Show what a message would become; nothing is changed."""
    return preview(workspace, body.message)


@endpoints.get(f"{API}/deliveries/{{number}}", answer=dict[str, Any], statuses=(400, 404))
def get_delivery(workspace: Workspace, number: str) -> dict[str, Any]:
    """Read a message with its requests by both profiles, and what it changed."""
    return delivery_detail(workspace, number)
