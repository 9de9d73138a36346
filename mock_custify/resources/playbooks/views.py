"""The calls about playbooks."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import PageQuery
from mock_custify.resources.playbooks import rules
from mock_custify.resources.playbooks.model import Playbook, PlaybookRun, PlaybookStart
from mock_custify.resources.segments.model import AskedAudience
from mock_custify.workspace import Workspace

playbooks = Blueprint("playbooks", __name__)


class PlaybookQuery(PageQuery, kw_only=True):
    """Which page of the playbooks, for companies or for people."""

    type: AskedAudience = ""


class PlaybooksPage(Struct, kw_only=True):
    """One page of playbooks and how many there are in all."""

    playbooks: list[Playbook]
    total: int


@playbooks.get("/playbook")
@call(statuses=(400,))
def list_playbooks(workspace: Workspace, query: PlaybookQuery) -> PlaybooksPage:
    """List playbooks, one page at a time."""
    found = rules.find_playbooks(workspace, query.type)
    return PlaybooksPage(playbooks=query.cut(found), total=len(found))


@playbooks.post("/playbook/entity/<playbook>")
@call(statuses=(400, 404), example={"entityId": "6560a1b2c3d4e5f60718293a", "type": "companies"})
def start_playbook(workspace: Workspace, playbook: str, body: PlaybookStart) -> PlaybookRun:
    """Start a playbook on a company or a person."""
    return rules.start_playbook(workspace, playbook, body)
