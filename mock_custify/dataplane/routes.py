"""The paths of the data plane: RudderStack's, and the short ones of Segment's browser SDK."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from mock_custify.api import Answer, Route
from mock_custify.dataplane import answers
from mock_custify.dataplane.browser import segment_settings, source_config
from mock_custify.dataplane.gateway import (
    LARGEST_BODY,
    GatewayError,
    header_key,
    query_key,
    segment_key,
)
from mock_custify.dataplane.pixel import GIF, message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_custify.api import Call
    from mock_custify.dataplane.plane import DataPlane

TAG: Final = "Data plane"
TYPES: Final = ("identify", "track", "page", "screen", "group", "alias", "merge")
SHORT: Final = {"i": "identify", "t": "track", "p": "page", "s": "screen", "g": "group", "a": "alias"}
REFUSALS: Final = (400, 401, 404, 413, 500, 503)
UP: Final = {
    "appType": "EMBEDDED",
    "server": "UP",
    "db": "UP",
    "acceptingEvents": "TRUE",
    "routingEvents": "TRUE",
    "mode": "NORMAL",
}


def routes_of(plane: DataPlane, version: str) -> Iterator[Route]:
    """Return every route of the data plane."""
    for kind in TYPES:
        yield taking(plane, f"/v1/{kind}", kind, header_key, f"Take one {kind} message")
    for path in ("/v1/batch", "/v1/import"):
        yield taking(plane, path, "", header_key, "Take a batch of messages")
    yield taking(plane, "/beacon/v1/batch", "", query_key, "Take a batch from a browser's beacon")
    for letter, kind in SHORT.items():
        yield taking(
            plane, f"/v1/{letter}", kind, segment_key, f"Take one {kind} message from Segment's browser SDK"
        )
    yield taking(plane, "/v1/b", "", segment_key, "Take a batch from Segment's browser SDK")
    for kind in ("track", "page"):
        yield reading(
            f"/pixel/v1/{kind}",
            pixel(plane, kind),
            f"Take one {kind} message as a picture's address",
            media="image/gif",
        )
    for path in ("/health", "/"):
        yield reading(path, lambda call: answers.json_answer(call, UP), "Tell that the data plane is up")
    yield reading(
        "/version", lambda call: answers.json_answer(call, {"Version": version}), "Tell the version"
    )
    for path in ("/sourceConfig", "/sourceConfig/"):
        yield reading(path, plainly(config_answer), "Tell RudderStack's browser SDK about its source")
    for path in ("/v1/projects/{write_key}/settings", "/{prefix}/v1/projects/{write_key}/settings"):
        yield reading(path, plainly(settings_answer), "Tell Segment's browser SDK where to send")


def taking(plane: DataPlane, path: str, kind: str, key_of: Callable[[Call], str], summary: str) -> Route:
    """Return the route that takes messages at `path`, the write key read by `key_of`."""

    def take(call: Call) -> Answer:
        plane.receive(call, key_of(call), kind)
        return answers.ok(call)

    return Route(
        method="POST",
        path=path,
        respond=plainly(take),
        tag=TAG,
        summary=summary,
        statuses=REFUSALS,
        media="text/plain",
        refusal_media="text/plain",
        secured=False,
        max_body=LARGEST_BODY,
    )


def reading(
    path: str, respond: Callable[[Call], Answer], summary: str, media: str = "application/json"
) -> Route:
    """Return the route that answers a GET at `path` with `media`, its refusals in plain text."""
    return Route(
        method="GET",
        path=path,
        respond=respond,
        tag=TAG,
        summary=summary,
        statuses=(401, 404),
        media=media,
        refusal_media="text/plain",
        secured=False,
    )


def plainly(respond: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
    """Return `respond` with its refusals made plain text."""

    def answered(call: Call) -> Answer:
        try:
            return respond(call)
        except GatewayError as refusal:
            return answers.refused(call, refusal.status, refusal.text)

    return answered


def pixel(plane: DataPlane, kind: str) -> Callable[[Call], Answer]:
    """Return the function that takes the message in a picture's address; the picture comes whatever it is."""

    def take(call: Call) -> Answer:
        with suppress(GatewayError):  # a picture cannot tell it; the deliveries of the workspace do
            plane.receive_message(call, query_key(call), message_of(call.query, kind))
        return Answer(GIF, 200, answers.shared(call), "image/gif")

    return take


def config_answer(call: Call) -> Answer:
    """Answer RudderStack's browser SDK."""
    return answers.json_answer(call, source_config(call))


def settings_answer(call: Call) -> Answer:
    """Answer Segment's browser SDK."""
    key: Any = call.params["write_key"]
    return answers.json_answer(call, segment_settings(call, key))
