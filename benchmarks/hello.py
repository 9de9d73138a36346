"""Answer "hello" on the fake's web server, as its limit: `python benchmarks/hello.py bare|Flask PORT`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from flask import Flask

from mock_custify.limits import Limits
from mock_custify.server.server import Server, listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.api import Answer
    from mock_custify.api.routing import Found

HELLO = b'{"hello":"world"}'
HEAD = [("Content-Type", "application/json"), ("Content-Length", str(len(HELLO)))]


class Bare:
    """A WSGI application that always answers the same."""

    limits = Limits()

    def __call__(self, _environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer."""
        start_response("200 OK", HEAD)
        return [HELLO]

    def find(self, _method: str, _path: str) -> None:
        """Return no route: every call is answered by way of WSGI."""

    def follow(self, _found: Found, _environ: dict[str, Any]) -> Answer:
        """Raise NotImplementedError: there are no routes."""
        raise NotImplementedError


class Framework(Flask):
    """A Flask application with one view."""

    limits = Limits()

    def find(self, _method: str, _path: str) -> None:
        """Return no route: every call is answered by way of WSGI."""

    def follow(self, _found: Found, _environ: dict[str, Any]) -> Answer:
        """Raise NotImplementedError: there are no routes."""
        raise NotImplementedError


def flask() -> Framework:
    """Return the Flask application."""
    app = Framework(__name__)
    app.add_url_rule("/", view_func=lambda: {"hello": "world"}, methods=["GET", "POST"])
    return app


if __name__ == "__main__":
    kind, port = sys.argv[1:]
    application = Bare() if kind == "bare" else flask()
    Server(application, lambda: None).run(sockets=[listen("127.0.0.1", int(port))])
