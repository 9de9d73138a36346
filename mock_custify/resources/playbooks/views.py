"""The calls about playbooks."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct, field, structs

from mock_custify.api import call
from mock_custify.resources.ordering import EitherSortingQuery
from mock_custify.resources.playbooks import rules
from mock_custify.resources.playbooks.model import PLAYBOOKS, Playbook, PlaybookRun, PlaybookStart
from mock_custify.resources.segments.model import Audience
from mock_custify.workspace import Workspace

playbooks = Blueprint("playbooks", __name__)


class CountsQuery(Struct, kw_only=True):
    """Whether the answer has the counts of the playbook."""

    include_counts: bool = field(default=True, name="includeCounts")


class PlaybookQuery(EitherSortingQuery, kw_only=True):
    """Which page of the playbooks, for companies or for people, and whether scheduled ones are left out."""

    type: Audience = "companies"
    non_scheduled: bool = field(default=False, name="nonScheduled")
    include_counts: bool = field(default=True, name="includeCounts")


class PlaybooksPage(Struct, kw_only=True):
    """One page of playbooks, and the number of all playbooks."""

    playbooks: list[Playbook]
    total: int


@playbooks.get("/playbook")
@call(statuses=(400,))
def list_playbooks(workspace: Workspace, query: PlaybookQuery) -> PlaybooksPage:
    """List playbooks by their position, one page at a time."""
    found = rules.find_playbooks(workspace, query.type, query.asked_sorting())
    if query.non_scheduled:
        found = [one for one in found if not rules.is_scheduled(one)]
    shown = [shown_playbook(workspace, one, counts=query.include_counts) for one in query.cut(found)]
    return PlaybooksPage(playbooks=shown, total=len(found))


@playbooks.get("/playbook/<playbook>")
@call(statuses=(400,))
def get_playbook(workspace: Workspace, playbook: str, query: CountsQuery) -> PlaybooksPage:
    """Read a playbook, in a list of one; an unknown id gives an empty list."""
    known = workspace.records[PLAYBOOKS].get(playbook)
    shown = [shown_playbook(workspace, known, counts=query.include_counts)] if known else []
    return PlaybooksPage(playbooks=shown, total=len(shown))


def shown_playbook(workspace: Workspace, playbook: Playbook, *, counts: bool) -> Playbook:
    """Return a playbook as an answer shows it, with or without its counts."""
    return (
        rules.with_counts(workspace, playbook) if counts else structs.replace(playbook, company_counts=None)
    )


@playbooks.post("/playbook/entity/<playbook>")
@call(statuses=(400, 404), example={"entityId": "6560a1b2c3d4e5f60718293a", "type": "companies"})
def start_playbook(workspace: Workspace, playbook: str, body: PlaybookStart) -> PlaybookRun:
    """Start a playbook on a company or a person."""
    return rules.start_playbook(workspace, playbook, body)
