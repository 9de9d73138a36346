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
    of `create_app`, no changed setting, not `app.testing`, not `app.debug`. Everything else goes to Flask
    (OPTIONS too, which Flask answers by itself for a view that does not declare it),
    and so does the first call: after it Flask refuses further set-up, so that it is enough to look once.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.flask = app.wsgi_app
        self.setup = setup_of(app)
        self.literal: dict[tuple[str, str], tuple[str, Operation]] | None = None
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
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return None
        if self.literal is None:
            if not app._got_first_request:  # noqa: SLF001 - Flask has no other word for it
                return None
            self.literal = literal_rules(app) if setup_of(app) == self.setup else {}
        if not self.literal or app.config["TESTING"] or app.config["DEBUG"] or is_signalled():
            return None
        found = self.literal.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if found is not None:
            endpoint, operation = found
            return (operation, {}) if app.view_functions[endpoint] is operation.view else None
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        try:
            endpoint, params = self.adapter.match(path, environ["REQUEST_METHOD"])
        except (HTTPException, RequestRedirect):
            return None
        known = operation_of(app, endpoint)
        return None if known is None else (known, params)

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


def literal_rules(app: Flask) -> dict[tuple[str, str], tuple[str, Operation]]:
    """Return the endpoint and the operation of each method and path that is written out in a rule."""
    return {
        (method, rule.rule): (rule.endpoint, operation)
        for rule in app.url_map.iter_rules()
        if not rule.arguments and (operation := operation_of(app, rule.endpoint)) is not None
        for method in rule.methods or ()
    }


def setup_of(app: Flask) -> list[object]:
    """Return everything set up for an application that may take part in calls, to be compared."""
    handlers = [
        handler
        for codes in app.error_handler_spec.values()
        for handlers in codes.values()
        for handler in handlers.values()
    ]
    hooks = (
        *(app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs),
        *(app.url_value_preprocessors, app.teardown_appcontext_funcs),
    )
    return [*handlers, *(bool(hook) for hook in hooks), *(app.config[name] for name in SETTINGS)]


def is_signalled() -> bool:
    """Tell whether anybody listens to the signals that Flask sends during a call."""
    for signal in SIGNALS:  # noqa: SIM110 - a generator costs more than all the rest of this look
        if signal.receivers:
            return True
    return False
