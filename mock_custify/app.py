"""The Flask application: every route over one store, and the one place where refusals become JSON."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from werkzeug.exceptions import HTTPException

from mock_custify.errors import ApiError
from mock_custify.store import Store
from mock_custify.views import ALL
from mock_custify.web import Answer, Call, Router
from mock_custify.web.endpoints import ENCODER, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mock_custify.web import Route

LOG: Final = logging.getLogger("mock_custify")
REASONS: Final = {200: "200 OK", 202: "202 ACCEPTED", 204: "204 NO CONTENT"}


class MockCustifyApp(Flask):
    """A Flask application that answers its JSON calls without the request machinery they do not use.

    Sessions, signals and request contexts cost several times what a call itself does; a call that has a
    route goes straight to it. Pages, streams, unknown paths and wrong methods take Flask's own way.
    """

    def __init__(self, store: Store) -> None:
        super().__init__("mock_custify", static_folder=None)
        self.store = store
        self.router = Router()

    def add_routes(self, routes: Iterable[Route]) -> None:
        """Make the routes answer."""
        self.router.add(routes)

    def wsgi_app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one WSGI call."""
        answer = self.answer(environ)
        if answer is None:
            return super().wsgi_app(environ, start_response)
        headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body)))]
        start_response(status_line(answer.status), [*headers, *answer.headers.items()])
        return [answer.body]

    def answer(self, environ: dict[str, Any]) -> Answer | None:
        """Return the answer of the route that fits a WSGI environment, or None when none does."""
        found = self.router.find(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        if found is None:
            return None
        route, params = found
        return respond(route, Call(environ, self.store, params, route.max_body))


def create_app(store: Store | None = None) -> MockCustifyApp:
    """Return the application over `store` (a new, empty one when none is given), for any WSGI server."""
    app = MockCustifyApp(store or Store())
    for endpoints in ALL:
        app.add_routes(endpoints.routes)
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


def status_line(status: int) -> str:
    """Return the status line that WSGI wants."""
    from http import HTTPStatus  # noqa: PLC0415

    return REASONS.get(status) or f"{status} {HTTPStatus(status).phrase}"
