"""Declares the calls of the HTTP surface: a typed function becomes a Flask view and an OpenAPI operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, Final, get_type_hints

import msgspec
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from mock_custify.api.authorization import bearer_of
from mock_custify.api.control_checks import fields_of, refuse_body, refuse_unknown
from mock_custify.api.exchange import suffered
from mock_custify.api.form import decode_form, is_form
from mock_custify.api.journaling import journaled
from mock_custify.api.origin import refuse_foreign
from mock_custify.api.request import ENCODER, Answer, Call, decode_body, decode_query, refusal, utf8_text
from mock_custify.errors import ApiError, InvalidRequestError, PayloadTooLargeError, UnauthorizedError
from mock_custify.workspace import Workspace
from mock_custify.workspace.store import OpenedWorkspace

View = Callable[..., Response]
Respond = Callable[[Call], Answer]
READING: Final = frozenset({"GET", "HEAD"})
OPENED: Final = "mock_custify.opened"  # the workspace of the Bearer key, where the server has looked already
MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a view answers, in the words of OpenAPI; the types are those that validate the call.

    `admit` raises ApiError for a call that is refused whatever its body is. `respond` answers a call and
    raises ApiError, `refuse` makes an answer of that error. `statuses` are the
    refusals that the view itself can give, `media` and `refusal_media` the content types of the answers.
    `max_body` is in bytes; None means the limit of the server. `view` is the Flask view it belongs to.
    """

    respond: Respond
    refuse: Callable[[Call, ApiError], Answer]
    view: View
    admit: Callable[[Call], object] = id
    summary: str
    description: str = ""
    query: Any = None
    body: Any = None
    answer: Any = None
    status: int = 200
    statuses: tuple[int, ...] = ()
    media: str = "application/json"
    refusal_media: str = "application/json"
    secured: bool = True
    documented: bool = True
    max_body: int | None = None
    example: Any = None


def call(
    *,
    status: int = 200,
    statuses: tuple[int, ...] = (),
    example: Any = None,
    max_body: int | None = None,
    journal: bool = True,
) -> Callable[[Callable[..., Any]], View]:
    """Return the decorator for a view with a JSON answer, in the workspace of the caller's key.

    The view takes `workspace`, its path parameters, and `query`, `body` and `backend` where it names them;
    their types and that of the answer are read from its annotations. With `journal` the call is one of the
    Custify API: it meets the rate limit and the faults of the workspace and is put into its journal.
    """

    def declare(function: Callable[..., Any]) -> View:
        hints = get_type_hints(function, include_extras=True)
        names = signature(function).parameters
        operation_of_view = responder(function, hints, status=status, journal=journal)
        return registered(
            function,
            respond=operation_of_view,
            refuse=refusal,
            admit=opened,
            query=hints.get("query") if "query" in names else None,
            body=hints.get("body") if "body" in names else None,
            answer=hints["return"],
            status=status,
            statuses=statuses,
            example=example,
            max_body=max_body,
        )

    return declare


def control_call(
    *, statuses: tuple[int, ...] = (), example: Any = None, max_body: int | None = None
) -> Callable[[Callable[..., Any]], View]:
    """Return the decorator for a call that controls the fake and is not part of the Custify API."""
    return call(statuses=statuses, example=example, max_body=max_body, journal=False)


def open_call(  # noqa: PLR0913 - one for each fact about an operation
    *,
    refuse: Callable[[Call, ApiError], Answer] | None = None,
    admit: Callable[[Call], object] = id,
    answer: Any = None,
    statuses: tuple[int, ...] = (),
    media: str = "application/json",
    refusal_media: str = "application/json",
    max_body: int | None = None,
    summary: str = "",
    description: str = "",
    documented: bool = True,
    secured: bool = False,
    status: int = 200,
) -> Callable[[Callable[..., Any]], View]:
    """Return the decorator for a view that takes the Call and returns an Answer, with any key.

    Only calls that are `documented` are in the OpenAPI document; `secured` says there that a key is needed.
    """

    def declare(function: Callable[..., Any]) -> View:
        return registered(
            function,
            respond=lambda asked: function(asked, **asked.params),
            refuse=refuse or refusal,
            admit=admit,
            answer=answer,
            statuses=statuses,
            media=media,
            refusal_media=refusal_media,
            max_body=max_body,
            summary=summary,
            description=description,
            documented=documented,
            secured=secured,
            status=status,
        )

    return declare


def registered(function: Callable[..., Any], *, respond: Respond, **about: Any) -> View:
    """Return the Flask view of `function`; its `operation` says what it answers."""

    @wraps(function)
    def view(**params: str) -> Response:
        backend = current_app.extensions["mock_custify"]
        taken = Call(request.environ, backend, params, operation.max_body, read_by_flask)
        served = "mock_custify.exchange" in request.environ
        answer = respond(taken)
        response = response_of(answer)
        if not served and "mock_custify.exchange" in request.environ:
            response.response = suffered(request.environ["mock_custify.exchange"], answer.body)
        return response

    summary = about.pop("summary", "") or (function.__doc__ or "").split("\n")[0].removesuffix(".")
    operation = Operation(respond=respond, view=view, summary=summary, **about)
    view.operation = operation  # type: ignore[attr-defined]
    return view


def read_by_flask() -> bytes:
    """Return the body of Flask's request, which a hook may have read before; raise ApiError."""
    try:
        return request.get_data()
    except RequestEntityTooLarge as error:
        most = request.max_content_length
        raise PayloadTooLargeError(f"the body is too long, at most {most} bytes are accepted") from error
    except ClientDisconnected as error:
        raise InvalidRequestError("the body is shorter than its Content-Length") from error


def response_of(answer: Answer) -> Response:
    """Return an answer as Flask gives it."""
    response = Response(answer.body, answer.status, answer.headers, content_type=answer.content_type)
    response.content_length = len(answer.body)
    return response


def operation_of(app: Flask, endpoint: str) -> Operation | None:
    """Return the operation of an endpoint, or None when its view is not declared here or is wrapped."""
    view = app.view_functions.get(endpoint)
    operation: Operation | None = getattr(view, "operation", None)
    return operation if operation is not None and operation.view is view else None


def responder(function: Callable[..., Any], hints: dict[str, Any], *, status: int, journal: bool) -> Respond:
    """Return the function that answers a call: authenticate, lock, parse, run, print."""
    names = signature(function).parameters
    decode = body_reader(hints["body"]) if "body" in names else None
    query = hints["query"] if "query" in names else None
    wants_backend = "backend" in names
    accepted = None if journal else fields_of(query)

    def run(asked: Call, workspace: Workspace) -> Answer:
        arguments: dict[str, Any] = dict(asked.params)
        if accepted is not None:
            refuse_unknown(asked.query, accepted)
        if query is not None:
            arguments["query"] = decode_query(asked.query, query)
        if wants_backend:
            arguments["backend"] = asked.backend
        if decode is not None:
            arguments["body"] = decode(asked)
        elif accepted is not None:
            refuse_body(asked)
        return Answer(ENCODER.encode(function(workspace, **arguments)), status)

    def respond(asked: Call) -> Answer:
        with opened(asked) as workspace:
            workspace.changes += asked.environ["REQUEST_METHOD"] not in READING
            return journaled(asked, workspace, run) if journal else run(asked, workspace)

    return respond


def opened(asked: Call) -> OpenedWorkspace:
    """Return the workspace of a call; raise ApiError for one that is refused whatever its body is."""
    if asked.environ["REQUEST_METHOD"] not in READING:
        refuse_foreign(asked)
    return asked.environ.get(OPENED) or asked.backend.store.open(bearer_key(asked))


def body_reader(kind: Any) -> Callable[[Call], Any]:
    """Return the function that reads the body of a call as `kind`: JSON, or a form where it is a Form."""
    if is_form(kind):
        return lambda asked: decode_form(asked, kind)
    decoder = msgspec.json.Decoder(kind)
    return lambda asked: decode_body(decoder, asked)


def bearer_key(asked: Call) -> str:
    """Return the API key of a call; raise UnauthorizedError if there is none."""
    key = bearer_of(asked.environ.get("HTTP_AUTHORIZATION", ""))
    if not key:
        raise UnauthorizedError("an API key is required: send the header Authorization: Bearer <key>")
    return utf8_text(key)
