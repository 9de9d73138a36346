"""The rules about playbooks: which one can be started by a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.playbooks.model import PLAYBOOK_RUNS, PLAYBOOKS, Playbook, PlaybookRun
from mock_custify.resources.segments.rules import AUDIENCES, is_for

if TYPE_CHECKING:
    from mock_custify.resources.playbooks.model import PlaybookStart
    from mock_custify.resources.segments.model import AskedAudience
    from mock_custify.workspace.workspace import Workspace


@PLAYBOOKS.adds
def add_playbook(workspace: Workspace, playbook: Playbook) -> None:
    """Put a playbook of a state on record."""
    place(workspace, PLAYBOOKS, playbook)


@PLAYBOOK_RUNS.adds
def add_playbook_run(workspace: Workspace, run: PlaybookRun) -> PlaybookRun:
    """Put a started playbook on record."""
    return place(workspace, PLAYBOOK_RUNS, run)


def find_playbooks(workspace: Workspace, kind: AskedAudience) -> list[Playbook]:
    """Return the playbooks for a kind of record, all of them for ""."""
    return [one for one in workspace.records[PLAYBOOKS] if is_for(one.type, kind)]


def start_playbook(workspace: Workspace, playbook_id: str, request: PlaybookStart) -> PlaybookRun:
    """Start a playbook on a company or a person.

    Raises NotFoundError, or InvalidRequestError for a playbook that starts by itself.
    """
    playbook = workspace.records[PLAYBOOKS].get(playbook_id)
    if playbook is None:
        raise NotFoundError(f"there is no playbook with the id {playbook_id!r}")
    section = AUDIENCES[request.type].section
    if workspace.records[section].get(request.entityId) is None:
        raise NotFoundError(f"there is no record of the {section.name} with the id {request.entityId!r}")
    if playbook.trigger and not playbook.trigger.casefold().startswith("manual"):
        raise InvalidRequestError(
            f"the playbook {playbook.name!r} starts by itself ({playbook.trigger}): "
            "only those with a manual trigger can be started"
        )
    return add_playbook_run(
        workspace, PlaybookRun(playbook=playbook_id, entity=request.entityId, type=request.type)
    )
