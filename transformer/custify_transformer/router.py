"""POST /routerTransform: jobs of one destination type, grouped. Source: recorded behaviour, section 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.destination import Destination
from custify_transformer.envelope import API_VERSION, Answer, envelope, failure, tags_of
from custify_transformer.envelope import transform_and_call as transform_one
from custify_transformer.errors import JavaScriptTypeError, TransformError
from custify_transformer.events import resolved, timed, unpacked
from custify_transformer.javascript import UNDEFINED, encode, get, is_truthy, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custify_transformer.envelope import Deliver

Job = dict[str, Any]


def transform_jobs(body: Any, deliver: Deliver, profile: str, *, compacted: bool = False) -> Answer:
    """Return {"output": [one entry per job]}, group after group, HTTP 200.

    `body`: {"input": [{"message", "metadata", "destination"}], "destType": "custify"}, or the compact form.
    """
    kind = body.get("destType") if isinstance(body, dict) else None
    if not isinstance(kind, str):
        return failure(500, "Cannot read properties of undefined (reading 'toLowerCase')")
    if kind.lower() != "custify":
        return Answer(404, API_VERSION, {"error": f"Unknown destination: {kind}"})
    try:
        jobs = unpacked(body) if compacted else body.get("input")
    except LookupError as error:
        return failure(500, str(error.args[0]))
    if not isinstance(jobs, list) or not jobs:
        entry = {"metadata": [{"destType": kind}], "batched": False, "statusCode": 400}
        return Answer(200, API_VERSION, {"output": [{**entry, "error": "Invalid event array"}]})
    if not all(isinstance(job, dict) for job in jobs):
        return failure(500, "Cannot read properties of null (reading 'destination')")
    output = [entry for group in grouped(jobs) for entry in entries_of(group, deliver, profile)]
    return Answer(200, API_VERSION, {"output": output})


def grouped(jobs: list[Job]) -> Iterable[list[Job]]:
    """Return the jobs by destination, source job and settings, the groups as they were first seen."""
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        groups.setdefault(group_key(job), []).append(job)
    return groups.values()


def group_key(job: Job) -> str:
    """Return what jobs of one group have in common; fixed settings do not part jobs."""
    destination = job.get("destination")
    settings = destination if isinstance(destination, dict) else {}
    job_id = get(job, "context.sources.job_id")
    config = None if settings.get("hasDynamicConfig") is False else settings.get("Config")
    parts = [settings.get("ID"), None if job_id is UNDEFINED else job_id, config]
    return encode([*map(text, parts[:2]), parts[2]]).decode()


def entries_of(group: list[Job], deliver: Deliver, profile: str) -> list[dict[str, Any]]:
    """Return the entries of one group; without metadata on its first job there is one for all, 500."""
    tags = group[0].get("metadata")
    if not isinstance(tags, dict):
        missing = "null" if "metadata" in group[0] else "undefined"
        refusal = JavaScriptTypeError(f"Cannot read properties of {missing} (reading 'destinationId')")
        metadata = [job.get("metadata") for job in group]
        return [refused({"destination": group[0].get("destination")}, refusal, {}) | {"metadata": metadata}]
    return [entry_of(job, tags, deliver, profile) for job in group]


def entry_of(job: Job, tags: Any, deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the entry of one job: the built request, what was transformed before as it is, or an error."""
    whole = resolved(job)
    message = whole.get("message")
    if isinstance(message, dict) and is_truthy(message.get("statusCode")):
        return accepted(whole, message)
    message = timed(message)
    message = message if isinstance(message, dict) else {}
    try:
        destination = Destination.from_json(whole.get("destination", UNDEFINED))
        request = transform_one(message, destination, deliver, profile)
    except TransformError as refusal:
        return refused(whole, refusal, tags)
    built = envelope(request, message)
    if is_truthy(built.get("userId")):
        built["userId"] = text(built["userId"])
    return accepted(whole, built)


def accepted(job: Job, built: Any) -> dict[str, Any]:
    """Return the entry of a job with its built request."""
    entry = {"batchedRequest": built, "metadata": [job.get("metadata")], "batched": False, "statusCode": 200}
    return {**entry, "destination": job.get("destination")}


def refused(job: Job, refusal: TransformError, tags: Any) -> dict[str, Any]:
    """Return the entry of a refused job; `tags` is the metadata of its group's first job."""
    return {
        "metadata": [job.get("metadata")],
        "batched": False,
        "statusCode": refusal.status,
        "error": refusal.text,
        "statTags": tags_of(refusal, "router", tags),
        "destination": job.get("destination"),
    }
