"""Batches: several upserts, events and custom data in one call. Source: vendor's API description, section 10.

The fake processes the jobs of every batch at once. An asynchronous batch may hold more jobs than a
synchronous one, and its state can be read afterwards.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from flask import Blueprint
from msgspec import Meta, Struct, field

from mock_custify.api import call
from mock_custify.api.error_text import explain
from mock_custify.api.refused_calls import log_refused_job
from mock_custify.api.request import ENCODER
from mock_custify.errors import ApiError, InvalidRequestError, NotFoundError
from mock_custify.kinds import read_identifier
from mock_custify.resources.adding import place
from mock_custify.resources.companies.model import CompanyUpsert
from mock_custify.resources.companies.rules import upsert_company
from mock_custify.resources.custom_data.model import CustomData, CustomDataPost
from mock_custify.resources.custom_data.rules import get_owner, model_named, write_custom_data
from mock_custify.resources.events.model import EventPost
from mock_custify.resources.events.rules import record_event
from mock_custify.resources.people.model import PersonUpsert
from mock_custify.resources.people.rules import upsert_person
from mock_custify.values import DateText, read_date
from mock_custify.workspace import Workspace
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_SYNCHRONOUS: Final = 3
MOST_ASYNCHRONOUS: Final = 100
KEPT: Final = timedelta(hours=6)

batches = Blueprint("batches", __name__)


class Job(Struct, kw_only=True):
    """One job of a batch; `payload` has the form of the body of the call for its type."""

    type: Literal["people", "company", "event", "custom-data"]
    payload: dict[str, Any]


class CustomDataPayload(CustomDataPost, kw_only=True):
    """The payload of a job of custom data; `entity` is an internal id, or else `company_id` or `user_id`."""

    entity_model: str = field(name="entityModel")
    entity: str | None = None
    company_id: str | int | None = None
    user_id: str | int | None = None


class BatchPost(Struct, kw_only=True):
    """The body of POST /batch."""

    jobs: list[Job] = field(default_factory=list)
    synchronous: bool = False
    return_job_id: bool = field(default=False, name="returnJobId")


class JobResult(Struct, frozen=True, kw_only=True):
    """The result of a job: the `status` of its own call, and as `error` the reason of a refusal."""

    type: str
    status: int
    id: str | None = None
    error: str | None = None


class Batch(Struct, frozen=True, kw_only=True):
    """A stored batch."""

    id: str = ""
    _id: str = ""
    state: Literal["completed"] = "completed"
    synchronous: bool = False
    results: tuple[JobResult, ...] = ()
    created_at: DateText = ""
    updated_at: DateText = ""


class BatchAnswer(Struct, kw_only=True, omit_defaults=True):
    """The answer of POST /batch: the id of the batch, or the results of a synchronous batch."""

    id: str | None = None
    results: tuple[JobResult, ...] = ()


BATCHES: Final = Section("batches", Batch, Collection[Batch])


@BATCHES.adds
def add_batch(workspace: Workspace, batch: Batch) -> Batch:
    """Store a batch."""
    return place(workspace, BATCHES, batch)


@batches.post("/batch")
@call(
    status=202,
    statuses=(400,),
    example={"jobs": [{"type": "people", "payload": {"user_id": "u1"}}], "returnJobId": True},
)
def post_batch(workspace: Workspace, body: BatchPost) -> BatchAnswer:
    """Process several jobs; one that is refused does not stop the others."""
    most = MOST_SYNCHRONOUS if body.synchronous else MOST_ASYNCHRONOUS
    if len(body.jobs) > most:
        kind = "synchronous" if body.synchronous else "asynchronous"
        raise InvalidRequestError(f"jobs: a {kind} batch has at most {most} jobs, got {len(body.jobs)}")
    results = tuple(process(workspace, job) for job in body.jobs)
    for number, one in enumerate(results, 1):
        if one.error:
            log_refused_job(number, one.type, one.status, one.error)
    forget_expired(workspace)
    batch = add_batch(workspace, Batch(synchronous=body.synchronous, results=results))
    if body.synchronous:
        return BatchAnswer(results=results)
    return BatchAnswer(id=batch.id) if body.return_job_id else BatchAnswer()


@batches.get("/batch/<batch>")
@call(statuses=(404,))
def get_batch(workspace: Workspace, batch: Annotated[str, Meta(min_length=1)]) -> Batch:
    """Read the results of a batch, until six hours after its last job."""
    known = workspace.records[BATCHES].get(batch)
    if known is None or is_expired(workspace, known):
        raise NotFoundError(f"there is no batch with the id {batch!r}, or it is older than six hours")
    return known


def is_expired(workspace: Workspace, batch: Batch) -> bool:
    """Tell whether the id of a batch is no longer valid."""
    return workspace.clock.now() - read_date(batch.updated_at) > KEPT


def forget_expired(workspace: Workspace) -> None:
    """Delete the oldest batches, whose ids are no longer valid."""
    held = workspace.records[BATCHES]
    for batch in list(takewhile(partial(is_expired, workspace), held)):
        held.remove(batch)


def process(workspace: Workspace, job: Job) -> JobResult:
    """Return the result of a job; a refusal changes nothing."""
    form, status, act = ACTIONS[job.type]
    try:
        record = act(workspace, decoded(job.payload, form))
    except ApiError as error:
        return JobResult(type=job.type, status=error.status, error=error.text)
    return JobResult(type=job.type, status=status, id=getattr(record, "id", None))


def write_payload(workspace: Workspace, payload: CustomDataPayload) -> CustomData:
    """Create or update the object of a job of custom data and return it; raise InvalidRequestError."""
    model = model_named(payload.entity_model)
    ids = read_identifier(payload.company_id), read_identifier(payload.user_id)
    owner = get_owner(workspace, model, payload.entity, *ids)
    item = CustomDataPost(data_type=payload.data_type, data_id=payload.data_id, data=payload.data)
    return write_custom_data(workspace, model, owner, [item])[0]


def decoded(payload: dict[str, Any], form: type[Any]) -> Any:
    """Return a payload as the body of the call of its type; raise InvalidRequestError."""
    try:
        return msgspec.convert(payload, form)
    except msgspec.ValidationError as error:
        raise InvalidRequestError(explain(error, form, ENCODER.encode(payload), "the payload")) from error


ACTIONS: Final[dict[str, tuple[type[Any], int, Callable[[Workspace, Any], Any]]]] = {
    "people": (PersonUpsert, 200, upsert_person),
    "company": (CompanyUpsert, 200, upsert_company),
    "event": (EventPost, 202, record_event),
    "custom-data": (CustomDataPayload, 200, write_payload),
}
