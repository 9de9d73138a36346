"""The Flask application: every route over one store, and the one place where refusals become JSON."""

from __future__ import annotations

import logging
from http import HTTPStatus
from time import sleep
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from werkzeug.exceptions import HTTPException

from mock_custify.api import Answer, Call, Router
from mock_custify.api.endpoints import ENCODER, refusal
from mock_custify.control.documentation import documentation_routes
from mock_custify.dashboard import install as install_dashboard
from mock_custify.dataplane.install import install as install_data_plane
from mock_custify.dataplane.local_delivery import ConnectionDroppedError
from mock_custify.errors import ApiError
from mock_custify.limits import Limits
from mock_custify.resources import ALL
from mock_custify.workspace import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mock_custify.api import Route
    from mock_custify.api.exchange import Exchange
    from mock_custify.api.routing import Found
    from mock_custify.dataplane.plane import DataPlane, DataPlaneOptions

LOG: Final = logging.getLogger("mock_custify")
REASONS: Final = {status.value: status.phrase for status in HTTPStatus}


class MockCustifyApp(Flask):
    """A Flask application that answers its JSON calls without the request machinery they do not use.

    Sessions, signals and request contexts cost several times what a call itself does; a call that has a
    route goes straight to it. Pages, streams, unknown paths and wrong methods take Flask's own way.
    """

    data_plane: DataPlane

    def __init__(self, store: Store) -> None:
        super().__init__("mock_custify", static_folder=None)
        self.store = store
        self.limits = store.limits
        self.router = Router()
        self.config["MAX_CONTENT_LENGTH"] = self.limits.body

    def add_routes(self, routes: Iterable[Route]) -> None:
        """Make the routes answer."""
        self.router.add(routes)

    def wsgi_app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one WSGI call."""
        served = "mock_custify.exchange" in environ
        answer = self.answer(environ)
        if answer is None:
            return super().wsgi_app(environ, start_response)
        headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body)))]
        start_response(status_line(answer.status), [*headers, *answer.headers.items()])
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        if not served and "mock_custify.exchange" in environ:
            return suffered(environ["mock_custify.exchange"], answer.body)
        return [answer.body]

    def find(self, method: str, path: str) -> Found | None:
        """Return the route of a method and a path with its parameters, or None when there is none."""
        return self.router.find(method, path)

    def answer(self, environ: dict[str, Any]) -> Answer | None:
        """Return the answer of the route that fits a WSGI environment, or None when none does."""
        found = self.find(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        return None if found is None else self.follow(found, environ)

    def follow(self, found: Found, environ: dict[str, Any]) -> Answer:
        """Return the answer of a route that was found for a WSGI environment."""
        route, params = found
        return respond(route, Call(environ, self.store, params, route.max_body))


def create_app(
    store: Store | None = None, limits: Limits | None = None, data_plane: DataPlaneOptions | None = None
) -> MockCustifyApp:
    """Return the application over `store` (a new, empty one when none is given), for any WSGI server.

    `limits` are for the store that is made here; one that is given has its own. `data_plane` says where the
    messages of SDKs go; when they go to another Custify, `app.data_plane.close` delivers the last of them.
    """
    app = MockCustifyApp(store or Store(limits=limits or Limits()))
    for endpoints in ALL:
        app.add_routes(endpoints.routes)
    app.data_plane = install_data_plane(app, data_plane)
    app.add_routes(documentation_routes(app.router.routes))
    install_dashboard(app)
    app.register_error_handler(HTTPException, app_refusal(app.router))
    return app


def respond(route: Route, call: Call) -> Answer:
    """Return the answer of a call, a refusal where it is refused; this is the one place that catches."""
    try:
        return route.respond(call)
    except ApiError as error:
        return refusal(error)
    except Exception:
        LOG.exception("%s %s failed", call.method, route.path)
        return Answer(ENCODER.encode({"error": "the mock failed: its log says why, please report it"}), 500)


def app_refusal(router: Router) -> Callable[[HTTPException], Any]:
    """Return the handler that makes JSON of what Flask itself refuses: unknown paths and wrong methods."""
    from flask import Response, request  # noqa: PLC0415 - proxies that live in a request

    def handle(error: HTTPException) -> Response:
        methods = router.methods(request.environ["PATH_INFO"])
        if methods:
            text, status = f"{request.method} is not answered here: use {' or '.join(methods)}", 405
            return Response(
                ENCODER.encode({"error": text}), status, {"Allow": ", ".join(methods)}, "application/json"
            )
        text = f"there is nothing at {request.path}" if error.code == 404 else str(error.description)  # noqa: PLR2004
        return Response(ENCODER.encode({"error": text}), error.code, None, None, "application/json")

    return handle


def suffered(exchange: Exchange, body: bytes) -> Iterable[bytes]:
    """Return the pieces of an answer under the faults that its call asked for, on a server that knows none.

    A drop breaks the answer off after its head, which makes WSGI servers close the connection.
    """
    sleep(exchange.wait)
    if exchange.dropped:
        yield b" "
        raise ConnectionDroppedError("the connection was dropped, as a fault rule says")
    yield body


def status_line(status: int) -> str:
    """Return the status line that WSGI wants; a status that has no name is UNKNOWN."""
    return f"{status} {REASONS.get(status, 'UNKNOWN')}"
