"""Reads the answer of a transformer service, and names the first mistake of one that cannot be read."""

from __future__ import annotations

import json
from typing import Any, Final

from requests import codes

from custify_contract.targets import MessageRefusedError
from custify_transformer import HttpRequest

LONGEST_ERROR: Final = 300
KINDS: Final = {
    dict: "an object",
    list: "a list",
    str: "a text",
    int: "a whole number",
    bool: "true or false",
}


class AnswerMistakeError(Exception):
    """The answer is not what a transformer service answers; the text names the first mistake."""


def request_in(text: str, *, is_router: bool) -> HttpRequest:
    """Return the request of the first message; raise MessageRefusedError or AnswerMistakeError."""
    path, entry = first_entry(body_of(text), is_router=is_router)
    status = member(entry, path, "statusCode", int)
    if status != codes.ok:
        raise MessageRefusedError(in_short(str(entry.get("error"))))
    name = "batchedRequest" if is_router else "output"
    made, path = member(entry, path, name, dict), f"{path}.{name}"
    body = member(made, path, "body", dict)
    if "JSON" not in body:
        raise AnswerMistakeError(f"{path}.body.JSON is missing")
    return HttpRequest(
        member(made, path, "method", str),
        member(made, path, "endpoint", str),
        member(made, path, "headers", dict),
        member(made, path, "params", dict),
        body["JSON"],
    )


def body_of(text: str) -> Any:
    """Return the body of an answer as JSON."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise AnswerMistakeError("the body is not JSON") from error


def first_entry(body: Any, *, is_router: bool) -> tuple[str, Any]:
    """Return the place and the value of the result of the first message."""
    if is_router:
        if not isinstance(body, dict):
            raise AnswerMistakeError("the body is not a JSON object")
        path, results = "output", member(body, "", "output", list)
    else:
        path, results = "", body
        if not isinstance(body, list):
            raise AnswerMistakeError("the body is not a JSON array")
    if not results:
        raise AnswerMistakeError(f"{path}[0] is missing")
    return f"{path}[0]", expected(results[0], f"{path}[0]", dict)


def member(container: dict[str, Any], path: str, name: str, kind: type) -> Any:
    """Return a member of an object; raise AnswerMistakeError if it is missing or has another type."""
    place = f"{path}.{name}" if path else name
    if name not in container:
        raise AnswerMistakeError(f"{place} is missing")
    return expected(container[name], place, kind)


def expected(value: Any, place: str, kind: type) -> Any:
    """Return a value; raise AnswerMistakeError if it has another type."""
    if type(value) is not kind:
        found = KINDS.get(type(value), json.dumps(value))
        raise AnswerMistakeError(f"{place} is {found}; expected {KINDS[kind]}")
    return value


def in_short(text: str) -> str:
    """Return an error text without its end: one about a failed call has the whole call in it."""
    return text if len(text) <= LONGEST_ERROR else f"{text[:LONGEST_ERROR]}..."
