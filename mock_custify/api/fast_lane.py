"""Answers a plain call without Flask's contexts. Delete this file and its line in app.py: only speed goes."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import signals
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from mock_custify.api.call import operation_of
from mock_custify.api.exchange import suffered
from mock_custify.api.request import ENCODER, Answer, Call
from mock_custify.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flask import Flask

    from mock_custify.api.call import Operation

    Environ = dict[str, Any]
    Found = tuple[Operation, Mapping[str, str]]

LOG: Final = logging.getLogger("mock_custify")
REASONS: Final = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
FAILED: Final = "the mock failed: its log says why, please report it"
SIGNALS: Final = (
    signals.request_started,
    signals.request_finished,
    signals.request_tearing_down,
    signals.got_request_exception,
    signals.appcontext_pushed,
    signals.appcontext_popped,
    signals.appcontext_tearing_down,
)
SETTINGS: Final = ("MAX_CONTENT_LENGTH", "TRUSTED_HOSTS", "PROPAGATE_EXCEPTIONS", "TRAP_HTTP_EXCEPTIONS")


class FastLane:
    """A WSGI application around that of a Flask application, for calls that need nothing of Flask.

    It takes a call only when its rule in `app.url_map` leads to a view that is declared with an operation,
    and when nothing else wants to see the call: no hook, no receiver of a signal, no error handler but those
    of `create_app`, no changed setting, not `app.testing`, not `app.debug`. Everything else goes to Flask,
    and so does the first call: after it Flask refuses further set-up, so that the rules stay as they are.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.flask = app.wsgi_app
        self.handlers = handlers_of(app)
        self.settings = settings_of(app)
        self.literal: dict[tuple[str, str], str] | None = None
        self.adapter = app.url_map.bind("localhost")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one WSGI call."""
        found = self.find(environ)
        if found is None:
            return self.flask(environ, start_response)
        served = "mock_custify.exchange" in environ
        answer = self.answer(environ, found)
        headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body)))]
        if answer.headers:
            headers.extend(answer.headers.items())
        start_response(REASONS.get(answer.status) or f"{answer.status} UNKNOWN", headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            return ()
        if not served and "mock_custify.exchange" in environ:
            return suffered(environ["mock_custify.exchange"], answer.body)
        return (answer.body,)

    def find(self, environ: Environ) -> Found | None:
        """Return the operation of a call with its path parameters, or None when Flask has to answer it."""
        app = self.app
        if not app._got_first_request or self.wanted_by_others():  # noqa: SLF001 - Flask has no other word for it
            return None
        if self.literal is None:
            self.literal = literal_rules(app)
        params: Mapping[str, str] = {}
        path = environ["PATH_INFO"]
        endpoint = self.literal.get((environ["REQUEST_METHOD"], path))
        if endpoint is None:
            try:
                endpoint, params = self.adapter.match(
                    path.encode("latin-1").decode("utf-8", "replace"), environ["REQUEST_METHOD"]
                )
            except (HTTPException, RequestRedirect):
                return None
        operation = operation_of(app, endpoint)
        return None if operation is None else (operation, params)

    def wanted_by_others(self) -> bool:
        """Tell whether anything but the views of `create_app` takes part in calls."""
        app = self.app
        return bool(
            app.before_request_funcs
            or app.after_request_funcs
            or app.teardown_request_funcs
            or app.url_value_preprocessors
            or app.teardown_appcontext_funcs
            or app.testing
            or app.debug
            or any(signal.receivers for signal in SIGNALS)
            or handlers_of(app) != self.handlers
            or settings_of(app) != self.settings
        )

    def answer(self, environ: Environ, found: Found) -> Answer:
        """Return the answer of an operation, a refusal where it refuses."""
        operation, params = found
        asked = Call(environ, self.app.extensions["mock_custify"], params, operation.max_body)
        try:
            return operation.respond(asked)
        except ApiError as error:
            return operation.refuse(asked, error)
        except Exception:
            LOG.exception("%s %s failed", asked.method, asked.path)
            return Answer(ENCODER.encode({"error": FAILED}), 500)


def literal_rules(app: Flask) -> dict[tuple[str, str], str]:
    """Return the endpoint of each method and path that is written out in a rule."""
    return {
        (method, rule.rule): rule.endpoint
        for rule in app.url_map.iter_rules()
        if not rule.arguments and not rule.subdomain and not rule.host
        for method in rule.methods or ()
        if method != "OPTIONS"
    }


def handlers_of(app: Flask) -> list[object]:
    """Return the error handlers of an application, to be compared."""
    return [
        handler
        for codes in app.error_handler_spec.values()
        for handlers in codes.values()
        for handler in handlers.values()
    ]


def settings_of(app: Flask) -> list[object]:
    """Return the settings of an application that change how Flask answers, to be compared."""
    return [app.config[name] for name in SETTINGS]
