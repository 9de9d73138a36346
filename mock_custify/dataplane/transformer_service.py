"""The calls of RudderStack's transformer service; its own calls to Custify go to the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec
from flask import Blueprint
from werkzeug.exceptions import HTTPException

from custify_transformer import PROFILES
from custify_transformer.javascript import NotJsonError
from custify_transformer.service import ServiceRequest, UpstreamResponse, answer, failure, print_response
from mock_custify.api import Answer, Call, open_call
from mock_custify.api.exchange import ConnectionDroppedError
from mock_custify.api.origin import refuse_foreign
from mock_custify.dataplane.delivery.local_delivery import deliver
from mock_custify.dataplane.gateway import LARGEST_BODY, GatewayError, read_body
from mock_custify.resources.registry import NAMES

if TYPE_CHECKING:
    from flask import Flask

    from custify_transformer import HttpRequest

PATHS: Final = {
    "/v0/destinations/<name>": "Transform messages, as the processor of RudderStack requests it",
    "/v0/destinations/<name>/proxy": "Send a transformed request to Custify",
    "/routerTransform": "Transform messages, as the router of RudderStack requests it",
    "/deleteUsers": "Delete people, as the regulation worker of RudderStack requests it",
}

transformer = Blueprint("transformer", __name__)


def respond(call: Call, **_params: str) -> Answer:
    """Answer one call; the header apiVersion is what RudderStack's server looks for."""
    refuse_foreign(call)
    profile = call.query.get("profile", "production")
    try:
        body = read_body(call)
    except GatewayError as refusal:
        found = failure(refusal.status, refusal.text)
    else:
        headers = {"x-content-format": call.header("X-Content-Format")}
        asked = ServiceRequest(call.method, call.path, headers, body)
        found = (
            answer(asked, lambda request: delivered(call, request), profile)
            if profile in PROFILES
            else unknown_profile(profile)
        )
    printed, body = print_response(found)
    return Answer(body, printed.status, printed.headers, "application/json; charset=utf-8")


def delivered(call: Call, request: HttpRequest) -> UpstreamResponse:
    """Return the answer of the fake to a request; only calls of the Custify API are sent."""
    if not is_custify_call(call.backend.app, request):
        return UpstreamResponse(
            400, {"error": f"{request.method} {request.endpoint} is no call of Custify's API"}
        )
    try:
        reply = deliver(call.backend.app, request)
    except ConnectionDroppedError:
        return UpstreamResponse(0, code="ECONNRESET")
    except NotJsonError as error:
        return UpstreamResponse(400, {"error": str(error)})
    return UpstreamResponse(reply.status, decoded(reply.body), {"content-type": reply.content_type})


def is_custify_call(app: Flask, request: HttpRequest) -> bool:
    """Tell whether a request is for a resource of Custify, not for the data plane or the control API."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(urlsplit(request.endpoint).path, request.method)
    except HTTPException:
        return False
    return endpoint.partition(".")[0] in NAMES


def unknown_profile(profile: str) -> Any:
    """Return the refusal of a profile that does not exist."""
    return failure(400, f"no profile {profile!r}: choose one of {', '.join(PROFILES)}", "Bad Request")


def decoded(body: bytes) -> Any:
    """Return a body as JSON, else as text."""
    try:
        return msgspec.json.decode(body) if body else ""
    except (msgspec.DecodeError, UnicodeDecodeError):
        return body.decode("utf-8", "replace")


for _path, _summary in PATHS.items():
    _view = open_call(
        admit=refuse_foreign,
        statuses=(400, 403, 404, 413, 500),
        max_body=LARGEST_BODY,
        description="The parameter `profile` selects the profile; the default is `production`.",
        summary=_summary,
    )(respond)
    _name = _path.strip("/").replace("<", "").replace(">", "").replace("/", "_")
    transformer.add_url_rule(_path, _name, _view, methods=["POST"])
