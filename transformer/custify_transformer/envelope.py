"""What travels around a transformed message: calls, answers, built requests, and the tags of an error.

Source: recorded behaviour, sections 4 ("Envelope", "statTags") and 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from custify_transformer.errors import CompanyCallError, TransformError
from custify_transformer.javascript import UNDEFINED, encode, get, is_truthy, text
from custify_transformer.profiles import transform
from custify_transformer.request import HttpRequest

API_VERSION: Final = {"apiVersion": "2"}
THROTTLED: Final = 429
SERVER_ERROR: Final = 500
UNREACHABLE: Final = {
    "ECONNREFUSED": (500, "[ECONNREFUSED] :: Connection refused"),
    "ECONNRESET": (500, "[ECONNRESET] :: Connection reset by peer"),
    "ETIMEDOUT": (500, "[ETIMEDOUT] :: Operation timed out"),
    "ECONNABORTED": (500, "[ECONNABORTED] :: Connection aborted"),
    "EAI_AGAIN": (500, "[EAI_AGAIN] :: Temporary failure in name resolution"),
    "ENOTFOUND": (400, "[ENOTFOUND] :: DNS lookup failed"),
}
SERVER_TAGS: Final = {"destType": "CUSTIFY", "module": "destination", "implementation": "native"}


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP call as received; header names in lower case, `body` as the raw bytes after gunzip."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; `body` is JSON, to be printed by `codec.encode`."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Reply:
    """What Custify said to one request: decoded JSON, text, or "" for nothing.

    `code` is Node's name of the failure ("ECONNREFUSED", ...) when there was no answer; `status` is 0 then.
    """

    status: int
    body: Any = ""
    headers: dict[str, str] | None = None
    code: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether the status is one of success."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the range of HTTP itself


Deliver: TypeAlias = Callable[[HttpRequest], Reply]


def failure(status: int, message: str, error: str = "Internal Server Error") -> Answer:
    """Return the answer to a call that could not be understood as a whole."""
    return Answer(status, API_VERSION, {"error": error, "message": message})


def data_text(data: Any) -> str:
    """Return the JSON of a reply's body as the error texts quote it; nothing is a pair of quotes."""
    return '""' if data is None else encode(data).decode()


def unreachable(code: str) -> tuple[int, str]:
    """Return status and quoted text of a call that got no answer. Source: section 6, group, step 7."""
    status, explanation = UNREACHABLE.get(code, (400, f"[{code}]"))
    return status, f'"{explanation}"'


def transform_and_call(message: Any, destination: Any, deliver: Deliver, profile: str) -> HttpRequest:
    """Return the request that the router delivers, after the call for a group's company has been made.

    Raises TransformError: CompanyCallError when that call fails, else why the message is refused.
    """
    try:
        requests = transform(message, destination, profile)
    except TransformError as refusal:
        create_companies(refusal.requests, deliver)
        raise
    create_companies(requests[:-1], deliver)
    return requests[-1]


def create_companies(requests: tuple[HttpRequest, ...], deliver: Deliver) -> None:
    """Send a group's company, as production does while it transforms. Source: section 6, group, step 7."""
    for request in requests:
        reply = deliver(request)
        if reply.ok:
            continue
        status, quoted = unreachable(reply.code) if reply.code else (reply.status, data_text(reply.body))
        raise CompanyCallError(f"[Group]: failed create/update company details {quoted}", status)


def envelope(request: HttpRequest, message: Any) -> dict[str, Any]:
    """Return the built request as the service answers it; `userId` as raw as it is, absent when missing."""
    built = {
        "version": "1",
        "type": "REST",
        "method": request.method,
        "endpoint": request.endpoint,
        "headers": request.headers,
        "params": request.params,
        "body": {"JSON": request.body, "JSON_ARRAY": {}, "XML": {}, "FORM": {}},
        "files": {},
    }
    user_id = user_id_of(request.body, message)
    return built if user_id is UNDEFINED else {**built, "userId": user_id}


def user_id_of(body: Any, message: Any) -> Any:
    """Return the body's user_id; a warehouse record that is a list has it from the external id."""
    if isinstance(body, dict):
        return body.get("user_id", UNDEFINED)
    if isinstance(body, list) and get(message, "context.externalId.0.identifierType") == "user_id":
        return get(message, "context.externalId.0.id")
    return UNDEFINED


def as_text_or_empty(value: Any) -> str:
    """Return `String(value)`, or "" for what is not true."""
    return text(value) if value is not UNDEFINED and is_truthy(value) else ""


def tags_of(refusal: TransformError, feature: str, metadata: Any) -> dict[str, Any]:
    """Return the statTags of a refusal; the processor tags a TypeError with its category only."""
    if refusal.kind == "transformation":
        category = {"errorCategory": "transformation"}
        return category if feature == "processor" else {**category, **server_tags(feature, metadata)}
    if isinstance(refusal, CompanyCallError):
        category = {"errorCategory": "network", "errorType": error_type(refusal.status)}
    else:
        category = {"errorCategory": "dataValidation", "errorType": refusal.kind}
    return {**category, **server_tags(feature, metadata)}


def server_tags(feature: str, metadata: Any) -> dict[str, Any]:
    """Return the tags of the service; the ids only where the metadata holds them."""
    ids = metadata if isinstance(metadata, dict) else {}
    named = {name: ids[name] for name in ("destinationId", "workspaceId") if name in ids}
    return {**SERVER_TAGS, "feature": feature, **named}


def error_type(status: int) -> str:
    """Return what the router does about a failed call with `status`."""
    if status == THROTTLED:
        return "throttled"
    return "retryable" if status >= SERVER_ERROR else "aborted"
