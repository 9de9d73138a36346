"""Declares JSON calls: a function over a workspace becomes a route that checks, locks, runs and prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from mock_custify.api.request import Answer, decode_body, decode_query
from mock_custify.api.routing import Route
from mock_custify.errors import ApiError, UnauthorizedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.api.request import Call
    from mock_custify.workspace import Workspace

    Run = Callable[["Call", "Workspace"], "Answer"]
    Around = Callable[["Call", "Workspace", Run], "Answer"]
    View = Callable[..., Any]
    V = TypeVar("V", bound=View)

ENCODER = msgspec.json.Encoder()


@dataclass(slots=True)
class Endpoints:
    """The JSON calls of one subject, all shown under `tag`.

    A view takes the workspace of the caller, then its path parameters, `query` and `body` by name, and
    returns what is printed as JSON. `around`, when given, wraps each call with what belongs to the whole
    API: the journal, the faults, the rate limit.
    """

    tag: str
    around: Around | None = None
    routes: list[Route] = field(default_factory=list)

    def get(self, path: str, **about: Any) -> Callable[[V], V]:
        """Declare a GET call; see `add`."""
        return self.add("GET", path, **about)

    def post(self, path: str, **about: Any) -> Callable[[V], V]:
        """Declare a POST call; see `add`."""
        return self.add("POST", path, **about)

    def put(self, path: str, **about: Any) -> Callable[[V], V]:
        """Declare a PUT call; see `add`."""
        return self.add("PUT", path, **about)

    def patch(self, path: str, **about: Any) -> Callable[[V], V]:
        """Declare a PATCH call; see `add`."""
        return self.add("PATCH", path, **about)

    def delete(self, path: str, **about: Any) -> Callable[[V], V]:
        """Declare a DELETE call; see `add`."""
        return self.add("DELETE", path, **about)

    def add(self, method: str, path: str, **about: Any) -> Callable[[V], V]:
        """Return a decorator that makes a view answer `method` at `path`; `about` are fields of Route."""

        def declare(view: V) -> V:
            summary = (view.__doc__ or "").split("\n")[0].removesuffix(".")
            respond = responder(view, self.around, about, changing=method != "GET")
            route = Route(method=method, path=path, respond=respond, tag=self.tag, summary=summary, **about)
            self.routes.append(route)
            return view

        return declare


def responder(
    view: View, around: Around | None, about: dict[str, Any], *, changing: bool
) -> Callable[[Call], Answer]:
    """Return the function that answers a call with `view`: authenticate, lock, parse, run, print."""
    decoder = msgspec.json.Decoder(about["body"]) if about.get("body") else None
    query = about.get("query")
    status = about.get("status", 200)

    def run(call: Call, workspace: Workspace) -> Answer:
        arguments: dict[str, Any] = dict(call.params)
        if query is not None:
            arguments["query"] = decode_query(call.query, query)
        if decoder is not None:
            arguments["body"] = decode_body(decoder, call.body, call.store.limits.depth)
        return Answer(ENCODER.encode(view(workspace, **arguments)), status)

    def respond(call: Call) -> Answer:
        workspace = call.store.workspace(bearer_key(call))
        with workspace.lock:
            workspace.changes += changing
            if around is None:
                return run(call, workspace)
            return around(call, workspace, run)

    return respond


def bearer_key(call: Call) -> str:
    """Return the API key of a call; raise UnauthorizedError when there is none."""
    given: str = call.environ.get("HTTP_AUTHORIZATION", "")
    scheme, _, key = given.partition(" ")
    if scheme.lower() != "bearer" or not (key := key.strip()):
        raise UnauthorizedError("an API key is required: send the header Authorization: Bearer <key>")
    return key


def refusal(error: ApiError) -> Answer:
    """Return the JSON answer of a refused call."""
    return Answer(ENCODER.encode({"error": str(error)}), error.status, error.headers)
