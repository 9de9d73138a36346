"""What no route can name: preflights, prefixed paths, and plain refusals under the data plane's paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, request

from mock_custify.api import Call
from mock_custify.dataplane import answers
from mock_custify.dataplane.routes import config_answer, plainly, settings_answer

if TYPE_CHECKING:
    from mock_custify.api import Answer
    from mock_custify.app import MockCustifyApp

CONFIG: Final = "/sourceConfig/"  # with or without the last slash
OURS: Final = ("/v1/<path:rest>", "/beacon/<path:rest>", "/pixel/<path:rest>")
NAMED: Final = ("/", "/health", "/version", CONFIG, f"/<path:prefix>{CONFIG}")
SETTINGS: Final = "/<path:prefix>/v1/projects/<write_key>/settings"
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def fallback_of(app: MockCustifyApp) -> Blueprint:
    """Return the part of the data plane that answers in the application's slower way."""
    blueprint = Blueprint("dataplane", __name__)

    def call(**params: str) -> Call:
        return Call(request.environ, app.store, params, 0)

    def asked(**_params: str) -> Response:
        return response(answers.preflight(call()))

    def configured(**_params: str) -> Response:
        return response(plainly(config_answer)(call()))

    def settled(write_key: str, **_params: str) -> Response:
        return response(plainly(settings_answer)(call(write_key=write_key)))

    def unknown(**_params: str) -> Response:
        if methods := app.router.methods(request.environ["PATH_INFO"]):
            return response(answers.wrong_method(call(), methods))
        return response(answers.refused(call(), 404, "404 page not found"))

    plain: dict[str, Any] = {"strict_slashes": False, "provide_automatic_options": False}
    for number, path in enumerate((*OURS, *NAMED, SETTINGS)):
        blueprint.add_url_rule(path, f"preflight{number}", asked, methods=["OPTIONS"], **plain)
    blueprint.add_url_rule(f"/<path:prefix>{CONFIG}", "config", configured, methods=["GET"], **plain)
    blueprint.add_url_rule(SETTINGS, "settings", settled, methods=["GET"], **plain)
    for number, path in enumerate(OURS):
        blueprint.add_url_rule(path, f"unknown{number}", unknown, methods=METHODS, **plain)
    return blueprint


def response(answer: Answer) -> Response:
    """Return an answer as Flask gives it."""
    return Response(answer.body, answer.status, dict(answer.headers), content_type=answer.content_type)
