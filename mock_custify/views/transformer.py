"""The calls of RudderStack's transformer service; its own calls to Custify go to the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from custify_transformer import PROFILES
from custify_transformer.javascript import NotJsonError, encode
from custify_transformer.service import ServiceRequest, UpstreamResponse, answer, failure
from mock_custify.dataplane.gateway import LARGEST_BODY, GatewayError, read_body
from mock_custify.web import Answer, Route
from mock_custify.wire import ConnectionDroppedError, deliver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custify_transformer import HttpRequest
    from mock_custify.app import MockCustifyApp
    from mock_custify.web import Call

PATHS: Final = {
    "/v0/destinations/{name}": "Transform events, as RudderStack's processor asks for it",
    "/v0/destinations/{name}/proxy": "Deliver a built request",
    "/routerTransform": "Transform events, as RudderStack's router asks for it",
    "/batch": "Refuse to transform a batch: Custify knows none",
    "/deleteUsers": "Delete people, as RudderStack's regulation worker asks for it",
}


def transformer_routes(app: MockCustifyApp) -> Iterator[Route]:
    """Return the routes of the transformer service."""
    service = Service(app)
    for path, summary in PATHS.items():
        yield Route(
            method="POST",
            path=path,
            respond=service.respond,
            tag="Transformer",
            summary=summary,
            description="`profile` in the query chooses the rules; without it they are RudderStack's.",
            statuses=(400, 404, 413, 500),
            secured=False,
            max_body=LARGEST_BODY,
        )


class Service:
    """RudderStack's transformer service over the fake."""

    def __init__(self, app: MockCustifyApp) -> None:
        self.app = app

    def respond(self, call: Call) -> Answer:
        """Answer one call; the header apiVersion is what RudderStack's server looks for."""
        profile = call.query.get("profile", "production")
        try:
            body = read_body(call)
        except GatewayError as refusal:
            found = failure(refusal.status, refusal.text)
        else:
            asked = ServiceRequest(
                call.method, call.path, {"x-content-format": call.header("X-Content-Format")}, body
            )
            found = answer(asked, self.deliver, profile) if profile in PROFILES else unknown_profile(profile)
        return Answer(encode(found.body), found.status, found.headers, "application/json; charset=utf-8")

    def deliver(self, request: HttpRequest) -> UpstreamResponse:
        """Return what the fake says to a request."""
        try:
            reply = deliver(self.app, request)
        except ConnectionDroppedError:
            return UpstreamResponse(0, code="ECONNRESET")
        except (LookupError, NotJsonError) as error:
            return UpstreamResponse(400, {"error": str(error)})
        return UpstreamResponse(reply.status, decoded(reply.body), {"content-type": reply.content_type})


def unknown_profile(profile: str) -> Any:
    """Return the refusal of a profile that does not exist."""
    return failure(400, f"no profile {profile!r}: choose one of {', '.join(PROFILES)}", "Bad Request")


def decoded(body: bytes) -> Any:
    """Return a body as JSON, else as text."""
    try:
        return msgspec.json.decode(body) if body else ""
    except (msgspec.DecodeError, UnicodeDecodeError):
        return body.decode("utf-8", "replace")
