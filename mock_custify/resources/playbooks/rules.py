"""The rules about playbooks: which one can be started by a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.api.filters.model import Sorting
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.ordering import in_order
from mock_custify.resources.playbooks.model import (
    PLAYBOOK_RUNS,
    PLAYBOOKS,
    CompanyCounts,
    Playbook,
    PlaybookRun,
)
from mock_custify.resources.segments.rules import AUDIENCES, is_for, plural
from mock_custify.resources.unknown_id import unknown_id

if TYPE_CHECKING:
    from mock_custify.resources.playbooks.model import PlaybookStart
    from mock_custify.resources.segments.model import Audience
    from mock_custify.workspace.workspace import Workspace


@PLAYBOOKS.adds
def add_playbook(workspace: Workspace, playbook: Playbook) -> None:
    """Store a playbook of a state."""
    place(workspace, PLAYBOOKS, structs.replace(playbook, type=plural(playbook.type)))


@PLAYBOOK_RUNS.adds
def add_playbook_run(workspace: Workspace, run: PlaybookRun) -> PlaybookRun:
    """Store a started playbook."""
    return place(workspace, PLAYBOOK_RUNS, structs.replace(run, type=plural(run.type)))


def find_playbooks(workspace: Workspace, kind: Audience, sorting: Sorting | None) -> list[Playbook]:
    """Return the playbooks for a kind of record, by their position unless sorted."""
    found = [one for one in workspace.records[PLAYBOOKS] if is_for(one.type, kind)]
    return in_order(found, Playbook, sorting or Sorting(field="position", direction="asc"))


def is_scheduled(playbook: Playbook) -> bool:
    """Tell whether a playbook starts at fixed times."""
    return (playbook.trigger or "").casefold().startswith("schedule")


def with_counts(workspace: Workspace, playbook: Playbook) -> Playbook:
    """Return the playbook with its counts; each record that it was started on is in progress."""
    seeded = playbook.company_counts or CompanyCounts()
    runs = {run.entity for run in workspace.records[PLAYBOOK_RUNS] if run.playbook == playbook.id}
    counts = structs.replace(seeded, in_progress=seeded.in_progress + len(runs))
    return structs.replace(playbook, company_counts=counts)


@PLAYBOOK_RUNS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the runs on a deleted person or company out."""
    runs = workspace.records[PLAYBOOK_RUNS]
    for run in [one for one in runs if one.entity == record_id]:
        runs.remove(run)


def start_playbook(workspace: Workspace, playbook_id: str, request: PlaybookStart) -> PlaybookRun:
    """Start a playbook on a company or a person.

    Raises NotFoundError, or InvalidRequestError for a playbook that starts by itself.
    """
    playbook = workspace.records[PLAYBOOKS].get(playbook_id)
    if playbook is None:
        raise NotFoundError(f"there is no playbook with the id {playbook_id!r}")
    section = AUDIENCES[request.type].section
    if workspace.records[section].get(request.entityId) is None:
        raise NotFoundError(unknown_id(workspace, section, request.entityId))
    if playbook.trigger and not playbook.trigger.casefold().startswith("manual"):
        raise InvalidRequestError(
            f"the playbook {playbook.name!r} starts automatically ({playbook.trigger}): "
            "a call can start only playbooks with a manual trigger"
        )
    return add_playbook_run(
        workspace, PlaybookRun(playbook=playbook_id, entity=request.entityId, type=request.type)
    )
