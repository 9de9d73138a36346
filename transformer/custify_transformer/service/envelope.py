"""The parts of a result: the built request, and the statTags of an error.

Source: recorded behaviour, section 4, "Envelope" and "statTags".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import UNDEFINED, get
from custify_transformer.service.upstream import CompanyRequestError, classify_status

if TYPE_CHECKING:
    from custify_transformer.errors import TransformError
    from custify_transformer.request import HttpRequest

SERVER_TAGS: Final = {"destType": "CUSTIFY", "module": "destination", "implementation": "native"}


def build_envelope(request: HttpRequest, message: Any) -> dict[str, Any]:
    """Return the built request with its body. `userId` is not converted, and left out if missing."""
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
    user_id = find_user_id(request.body, message)
    return built if user_id is UNDEFINED else {**built, "userId": user_id}


def find_user_id(body: Any, message: Any) -> Any:
    """Return the user_id of the body; for a warehouse record that is a list, the external id."""
    if isinstance(body, dict):
        return body.get("user_id", UNDEFINED)
    if isinstance(body, list) and get(message, "context.externalId.0.identifierType") == "user_id":
        return get(message, "context.externalId.0.id")
    return UNDEFINED


def build_stat_tags(refusal: TransformError, feature: str, metadata: Any) -> dict[str, Any]:
    """Return the statTags of an error. The processor gives a TypeError no server tags."""
    if refusal.kind == "transformation":
        category = {"errorCategory": "transformation"}
        if feature == "processor":
            return category
    elif isinstance(refusal, CompanyRequestError):
        category = {"errorCategory": "network", "errorType": classify_status(refusal.status)}
    else:
        category = {"errorCategory": "dataValidation", "errorType": refusal.kind}
    ids = metadata if isinstance(metadata, dict) else {}
    named = {name: ids[name] for name in ("destinationId", "workspaceId") if name in ids}
    return {**category, **SERVER_TAGS, "feature": feature, **named}
