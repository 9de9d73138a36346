"""The calls of RudderStack's transformer service around `transform`, as pure functions of what was received.

`answer` is the only entry an HTTP view needs; the functions behind it take decoded bodies. A side call (the
company of a group, a deletion) goes through `deliver`, which sends one HttpRequest and returns a Reply.
Source: recorded behaviour, sections 8 and 9; data plane, "Transformer calls".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.deletion import delete_users
from custify_transformer.envelope import API_VERSION, Answer, Call, Deliver, Reply, failure
from custify_transformer.javascript import TOO_DEEP, NotJsonError, decode
from custify_transformer.processor import transform_events
from custify_transformer.proxy import forward
from custify_transformer.router import transform_jobs

if TYPE_CHECKING:
    from collections.abc import Callable

NAME: Final = "custify"
COMPACTED: Final = "json+compactedv1"


def answer(call: Call, deliver: Deliver, profile: str = "production") -> Answer:
    """Return the answer to one call: its status, headers and JSON body. Never raises for what was received.

    Known are POST /v0/destinations/custify, /v0/destinations/custify/proxy, /routerTransform, /batch and
    /deleteUsers; names of destinations in any case. Everything else is 404.
    """
    steps = STEPS.get(call.path.rstrip("/").lower()) if call.method == "POST" else None
    if steps is None:
        return unknown(call.path)
    try:
        body = decode(call.body) if call.body.strip() else {}
    except NotJsonError as error:
        return failure(400, str(error), "Bad Request")
    if not isinstance(body, dict | list):
        return failure(400, "invalid JSON, only supports object and array", "Bad Request")
    try:
        return steps(body, call, deliver, profile)
    except (RecursionError, NotJsonError):
        return failure(400, TOO_DEEP, "Bad Request")


def unknown(path: str) -> Answer:
    """Return 404 for a path nobody answers, naming the destination where the path names one."""
    parts = path.strip("/").split("/")
    named = parts[2] if len(parts) > len(("v0", "destinations")) and parts[1] == "destinations" else path
    return Answer(404, API_VERSION, {"error": f"Unknown destination: {named}"})


def processor(body: Any, call: Call, deliver: Deliver, profile: str) -> Answer:
    """Answer POST /v0/destinations/custify."""
    return transform_events(body, deliver, profile, compacted=is_compacted(call))


def router(body: Any, call: Call, deliver: Deliver, profile: str) -> Answer:
    """Answer POST /routerTransform."""
    return transform_jobs(body, deliver, profile, compacted=is_compacted(call))


def batch(body: Any, _call: Call, _deliver: Deliver, _profile: str) -> Answer:
    """Answer POST /batch: Custify knows no batches."""
    jobs = body.get("input") if isinstance(body, dict) else None
    known = jobs if isinstance(jobs, list) else []
    metadata = [job.get("metadata") for job in known if isinstance(job, dict)]
    entry = {"metadata": metadata, "batched": False, "statusCode": 500}
    return Answer(200, API_VERSION, [{**entry, "error": "custify does not implement batch"}])


def deletion(body: Any, _call: Call, deliver: Deliver, profile: str) -> Answer:
    """Answer POST /deleteUsers."""
    return delete_users(body, deliver, profile)


def proxy(body: Any, _call: Call, deliver: Deliver, _profile: str) -> Answer:
    """Answer POST /v0/destinations/custify/proxy."""
    return forward(body, deliver)


def is_compacted(call: Call) -> bool:
    """Return whether the caller sent destinations once beside the events instead of inside each."""
    return call.headers.get("x-content-format", "").lower() == COMPACTED


STEPS: Final[dict[str, Callable[[Any, Call, Deliver, str], Answer]]] = {
    f"/v0/destinations/{NAME}": processor,
    f"/v0/destinations/{NAME}/proxy": proxy,
    "/routertransform": router,
    "/batch": batch,
    "/deleteusers": deletion,
}

__all__ = ["Answer", "Call", "Deliver", "Reply", "answer"]
