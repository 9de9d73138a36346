"""POST /routerTransform: jobs of one destination type, in groups. Source: recorded behaviour, section 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.destination import Destination
from custify_transformer.errors import InstrumentationError, JavaScriptTypeError, TransformError
from custify_transformer.javascript import (
    TOO_DEEP,
    UNDEFINED,
    NotJsonError,
    encode,
    get,
    is_truthy,
    text,
)
from custify_transformer.service.envelope import build_envelope, build_stat_tags
from custify_transformer.service.events import expand_compact, resolve_config, set_source_timestamp
from custify_transformer.service.exchange import API_VERSION, ServiceResponse, failure
from custify_transformer.service.upstream import transform_event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custify_transformer.service.exchange import Deliver

Job = dict[str, Any]


def transform_jobs(body: Any, deliver: Deliver, profile: str, *, compacted: bool = False) -> ServiceResponse:
    """Return {"output": [one result per job]}, group after group, with status 200.

    `body`: {"input": [{"message", "metadata", "destination"}], "destType": "custify"}, or the compact form.
    """
    kind = body.get("destType") if isinstance(body, dict) else None
    if not isinstance(kind, str):
        return failure(500, "Cannot read properties of undefined (reading 'toLowerCase')")
    if kind.lower() != "custify":
        return ServiceResponse(404, API_VERSION, {"error": f"Unknown destination: {kind}"})
    try:
        jobs = expand_compact(body) if compacted else body.get("input")
    except LookupError as error:
        return failure(500, str(error.args[0]))
    if not isinstance(jobs, list) or not jobs:
        entry = {"metadata": [{"destType": kind}], "batched": False, "statusCode": 400}
        return ServiceResponse(200, API_VERSION, {"output": [{**entry, "error": "Invalid event array"}]})
    if not all(isinstance(job, dict) for job in jobs):
        return failure(500, "Cannot read properties of null (reading 'destination')")
    named = [{**job, "metadata": {}} if job.get("metadata") is None else job for job in jobs]
    return ServiceResponse(200, API_VERSION, {"output": build_results(named, deliver, profile)})


def build_results(jobs: list[Job], deliver: Deliver, profile: str) -> list[dict[str, Any]]:
    """Return one result per job, group after group; one for all if a job has no destination."""
    missing = next((job for job in jobs if job.get("destination") is None), None)
    if missing is not None:
        return [refuse_all(jobs, missing)]
    return [
        build_result(job, group[0]["metadata"], deliver, profile)
        for group in group_jobs(jobs)
        for job in group
    ]


def refuse_all(jobs: list[Job], missing: Job) -> dict[str, Any]:
    """Return the one result for all jobs, because `missing` has no destination."""
    value = "null" if "destination" in missing else "undefined"
    refusal = JavaScriptTypeError(f"Cannot read properties of {value} (reading 'Config')")
    refused = build_error(jobs[0], refusal, jobs[0]["metadata"])
    return {**refused, "metadata": [job["metadata"] for job in jobs], "destination": None}


def refuse_batch(body: Any) -> ServiceResponse:
    """Return the response to POST /batch: Custify has no batches."""
    jobs = body.get("input") if isinstance(body, dict) else None
    metadata = (
        [job.get("metadata") for job in jobs if isinstance(job, dict)] if isinstance(jobs, list) else []
    )
    entry = {"metadata": metadata, "batched": False, "statusCode": 500}
    return ServiceResponse(200, API_VERSION, [{**entry, "error": "custify does not implement batch"}])


def group_jobs(jobs: list[Job]) -> Iterable[list[Job]]:
    """Return the jobs in groups of the same destination, source job and settings, in first-seen order."""
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        groups.setdefault(get_group_key(job), []).append(job)
    return groups.values()


def get_group_key(job: Job) -> str:
    """Return what the jobs of a group have in common. Settings count unless hasDynamicConfig is false."""
    destination = job.get("destination")
    settings = destination if isinstance(destination, dict) else {}
    job_id = get(job, "context.sources.job_id")
    config = None if settings.get("hasDynamicConfig") is False else settings.get("Config")
    try:
        names = [text(settings.get("ID")), text(None if job_id is UNDEFINED else job_id), config]
        return encode(names).decode()
    except (RecursionError, NotJsonError):
        return f"nested too deeply: {id(job)}"


def build_result(job: Job, first_metadata: Any, deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the result of one job; one that is nested too deeply is refused alone."""
    try:
        return transform_job(job, first_metadata, deliver, profile)
    except (RecursionError, NotJsonError):
        return build_error(job, InstrumentationError(TOO_DEEP), first_metadata)


def transform_job(job: Job, first_metadata: Any, deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the result of one job. A message with a statusCode is already transformed and passes."""
    resolved = resolve_config(job)
    message = resolved.get("message")
    if isinstance(message, dict) and is_truthy(message.get("statusCode")):
        return build_success(resolved, message)
    message = set_source_timestamp(message)
    message = message if isinstance(message, dict) else {}
    try:
        destination = Destination.from_json(resolved.get("destination", UNDEFINED))
        request = transform_event(message, destination, deliver, profile)
    except TransformError as refusal:
        return build_error(resolved, refusal, first_metadata)
    built = build_envelope(request, message)
    if is_truthy(built.get("userId")):
        built["userId"] = text(built["userId"])
    return build_success(resolved, built)


def build_success(job: Job, built: Any) -> dict[str, Any]:
    """Return the result of a job with its built request."""
    return {
        "batchedRequest": built,
        "metadata": [job.get("metadata")],
        "batched": False,
        "statusCode": 200,
        "destination": job.get("destination"),
    }


def build_error(job: Job, refusal: TransformError, first_metadata: Any) -> dict[str, Any]:
    """Return the result of a refused job. The statTags take their ids from `first_metadata` of the group."""
    return {
        "metadata": [job.get("metadata")],
        "batched": False,
        "statusCode": refusal.status,
        "error": refusal.text,
        "statTags": build_stat_tags(refusal, "router", first_metadata),
        "destination": job.get("destination"),
    }
