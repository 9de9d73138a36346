"""The paths of the data plane: RudderStack's, and the short ones of Segment's browser SDK."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint

from mock_custify.api import Answer, Call, open_call
from mock_custify.api.refused_calls import REFUSED
from mock_custify.dataplane import answers
from mock_custify.dataplane.answers import TEXT
from mock_custify.dataplane.browser import segment_settings, source_config
from mock_custify.dataplane.data_plane import opened_workspace
from mock_custify.dataplane.gateway import (
    LARGEST_BODY,
    GatewayError,
    header_key,
    query_key,
    segment_key,
)
from mock_custify.dataplane.pixel import GIF, message_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.api.call import View
    from mock_custify.errors import ApiError

TYPES: Final = ("identify", "track", "page", "screen", "group", "alias", "merge")
SHORT: Final = {"i": "identify", "t": "track", "p": "page", "s": "screen", "g": "group", "a": "alias"}
PREFIXES: Final = ("/v1/", "/beacon/", "/pixel/")
CONFIG: Final = "/sourceConfig/"  # with or without the last slash
SETTINGS: Final = "/v1/projects/<write_key>/settings"
PREFLIGHTS: Final = (
    *(f"{prefix}<path:rest>" for prefix in PREFIXES),
    *("/", "/health", "/version", CONFIG, f"/<path:prefix>{CONFIG}", f"/<path:prefix>{SETTINGS}"),
)
UP: Final = {
    "appType": "EMBEDDED",
    "server": "UP",
    "db": "UP",
    "acceptingEvents": "TRUE",
    "routingEvents": "TRUE",
    "mode": "NORMAL",
}

data_plane = Blueprint("data_plane", __name__)


def refuse(call: Call, error: ApiError) -> Answer:
    """Return the plain-text answer of a refusal."""
    return answers.refused(call, error.status, error.text)


def accepting(kind: str, key_of: Callable[[Call], str], summary: str) -> View:
    """Return the view that accepts messages of a type, or a batch for "", the write key read by `key_of`."""

    def admit(call: Call) -> None:
        """Check the key of a call, where its head has it."""
        if key_of is not segment_key:
            opened_workspace(call.backend.store, key_of(call))

    @open_call(
        refuse=refuse,
        admit=admit,
        statuses=(400, 401, 404, 413, 500, 503),
        media="text/plain",
        refusal_media="text/plain",
        max_body=LARGEST_BODY,
        summary=summary,
    )
    def accept(call: Call) -> Answer:
        call.backend.data_plane.receive(call, key_of(call), kind)
        return answers.ok(call)

    return accept


def reading(
    respond: Callable[..., Answer], summary: str, media: str = "application/json", answer: Any = None
) -> View:
    """Return the view that answers a GET with `respond`, its refusals in plain text."""
    declare = open_call(
        refuse=refuse,
        statuses=(401, 404),
        media=media,
        refusal_media="text/plain",
        summary=summary,
        answer=answer,
    )
    return declare(respond)


def pixel(kind: str) -> Callable[[Call], Answer]:
    """Return the function that accepts the message in a picture's address; the picture always comes."""

    def accept(call: Call) -> Answer:
        try:
            call.backend.data_plane.receive_message(call, query_key(call), message_of(call.query, kind))
        except GatewayError as error:  # a picture cannot show it; the log and the dashboard do
            call.environ[REFUSED] = error.status, error.text
        return Answer(GIF, 200, answers.shared(call), "image/gif")

    return accept


def tell_config(call: Call, **_prefix: str) -> Answer:
    """Answer RudderStack's browser SDK."""
    return answers.json_answer(call, source_config(call))


def tell_settings(call: Call, write_key: str, **_prefix: str) -> Answer:
    """Answer Segment's browser SDK."""
    return answers.json_answer(call, segment_settings(call, write_key))


def tell_status(call: Call) -> Answer:
    """Answer a health check."""
    return answers.json_answer(call, UP)


def tell_root(call: Call) -> Answer:
    """Answer a health check; lead a browser to the dashboard."""
    if "text/html" not in call.header("Accept"):
        return tell_status(call)
    return Answer(b"", 302, {"Location": "/_mock/ui/", "Vary": "Accept"}, TEXT)


def tell_version(call: Call) -> Answer:
    """Answer with the version of the server."""
    return answers.json_answer(call, {"Version": version("mock-custify")})


@open_call(refuse=refuse, media="text/plain", documented=False)
def answer_preflight(call: Call, **_params: str) -> Answer:
    """Tell a browser what it may send."""
    return answers.preflight(call)


def add(path: str, name: str, view: View, method: str = "POST") -> None:
    """Add a rule to the blueprint; preflights have a view of their own, not Flask's automatic OPTIONS."""
    rule: dict[str, Any] = {"methods": [method], "strict_slashes": not path.endswith(CONFIG)}
    data_plane.add_url_rule(path, name, view, provide_automatic_options=False, **rule)


for _kind in TYPES:
    add(f"/v1/{_kind}", f"accept_{_kind}", accepting(_kind, header_key, f"Accept one {_kind} message"))
for _name in ("batch", "import"):
    add(f"/v1/{_name}", f"accept_{_name}", accepting("", header_key, "Accept a batch of messages"))
add("/beacon/v1/batch", "accept_beacon", accepting("", query_key, "Accept a batch from a browser's beacon"))
for _letter, _kind in SHORT.items():
    _summary = f"Accept one {_kind} message from Segment's browser SDK"
    add(f"/v1/{_letter}", f"accept_segment_{_kind}", accepting(_kind, segment_key, _summary))
add("/v1/b", "accept_segment_batch", accepting("", segment_key, "Accept a batch from Segment's browser SDK"))
for _kind in ("track", "page"):
    _view = reading(pixel(_kind), f"Accept one {_kind} message in the address of an image", "image/gif")
    add(f"/pixel/v1/{_kind}", f"accept_pixel_{_kind}", _view, "GET")
for _path, _name, _respond in (("/health", "health", tell_status), ("/", "root", tell_root)):
    add(_path, _name, reading(_respond, "Answer that the data plane is up"), "GET")
add("/version", "version", reading(tell_version, "Return the version"), "GET")
for _path, _name in ((CONFIG, "source_config"), (f"/<path:prefix>{CONFIG}", "prefixed_source_config")):
    add(_path, _name, reading(tell_config, "Tell RudderStack's browser SDK about its source"), "GET")
for _path, _name in (
    (SETTINGS, "segment_settings"),
    (f"/<path:prefix>{SETTINGS}", "prefixed_segment_settings"),
):
    add(_path, _name, reading(tell_settings, "Tell Segment's browser SDK where to send"), "GET")
for _number, _path in enumerate(PREFLIGHTS):
    add(_path, f"preflight_{_number}", answer_preflight, "OPTIONS")
