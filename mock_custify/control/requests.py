"""The control calls about the journal: reading it, and checking that expected calls were made."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from msgspec import Meta, Struct

from mock_custify.api import control_call
from mock_custify.control.journal_query import JournalQuery, selected
from mock_custify.control.verification import VerificationResult, VerifyPost, verify
from mock_custify.workspace import Workspace
from mock_custify.workspace.traffic.journal import JournalEntry

control_requests = Blueprint("control_requests", __name__)


class JournalAnswer(Struct):
    """The selected calls of the Custify API, oldest first; `forgotten` of the `total` are no longer kept."""

    requests: list[JournalEntry]
    total: int
    forgotten: int
    size: int


class JournalPut(Struct, forbid_unknown_fields=True):
    """The number of calls that the journal keeps from now on."""

    size: Annotated[int, Meta(ge=1, le=100_000)]


@control_requests.get("/_mock/requests")
@control_call(statuses=(400,))
def get_requests(workspace: Workspace, query: JournalQuery) -> JournalAnswer:
    """Read the journal: the newest calls of the Custify API; API keys are hidden."""
    return journal_answer(workspace, selected(workspace.journal, query))


@control_requests.put("/_mock/requests")
@control_call(statuses=(400,), example={"size": 5000})
def put_requests(workspace: Workspace, body: JournalPut) -> JournalAnswer:
    """Set how many calls the journal keeps; the default is 1,000."""
    workspace.journal.resize(body.size)
    return journal_answer(workspace, [])


@control_requests.delete("/_mock/requests")
@control_call()
def delete_requests(workspace: Workspace) -> JournalAnswer:
    """Empty the journal; the next call has the number 1."""
    gone = journal_answer(workspace, [])
    workspace.journal.clear()
    workspace.deliveries.forget_calls()
    return gone


@control_requests.post("/_mock/verify")
@control_call(
    statuses=(400,), example={"method": "POST", "path": "/people", "body": {"user_id": "u1"}, "times": 1}
)
def verify_requests(workspace: Workspace, body: VerifyPost) -> VerificationResult:
    """Check that expected calls were made; if not, the answer has the closest call and the differences."""
    return verify(workspace.journal, body)


def journal_answer(workspace: Workspace, requests: list[JournalEntry]) -> JournalAnswer:
    """Return calls with the counts of the journal."""
    journal = workspace.journal
    return JournalAnswer(requests, journal.count, journal.forgotten, journal.size)
