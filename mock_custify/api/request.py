"""One HTTP call and its answer, as views get and give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

from mock_custify.api.error_text import explain, json_fault
from mock_custify.api.refused_calls import REFUSED
from mock_custify.errors import InvalidRequestError, PayloadTooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_custify.api.backend import Backend
    from mock_custify.api.error_text import explain
from mock_custify.errors import ApiError

ENCODER: Final = msgspec.json.Encoder()

STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
MOST_ENTRIES: Final = 500_000
BYTES_OF_ENTRY: Final = 16  # on average at least, in a body that may be longer than others
ROUND: Final = bytes.maketrans(b"[]{}", b"()()")
NO_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"[]{}")


class Answer(Struct, frozen=True):
    """What goes back to the client; `body` is the finished bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    content_type: str = "application/json"


class Call:
    """What a client asks: a reading of a WSGI environment with the path parameters of the matched rule.

    `read` returns the whole body where somebody else, such as Flask, may have read it from the environment.
    """

    def __init__(
        self,
        environ: dict[str, Any],
        backend: Backend,
        params: Mapping[str, str],
        max_body: int | None = None,
        read: Callable[[], bytes] | None = None,
    ) -> None:
        self.environ = environ
        self.backend = backend
        self.params = params
        self.max_body = max_body or backend.store.limits.body
        self.read = read
        self.taken: bytes | None = None

    @property
    def method(self) -> str:
        """Return the HTTP method, in capitals."""
        return str(self.environ["REQUEST_METHOD"])

    @property
    def path(self) -> str:
        """Return the decoded path."""
        return str(self.environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "replace")

    @property
    def query(self) -> dict[str, str]:
        """Return the query parameters; the last one of a name wins."""
        text = self.environ.get("QUERY_STRING", "")
        return (
            dict(parse_qsl(text.encode("latin-1").decode("utf-8", "replace"), keep_blank_values=True))
            if text
            else {}
        )

    @property
    def body(self) -> bytes:
        """Return the body; raise PayloadTooLargeError over the limit of the call."""
        if self.taken is None:
            self.taken = self.take_body()
        return self.taken

    def take_body(self) -> bytes:
        """Return the body as it comes in, which happens once."""
        stream, given = self.environ["wsgi.input"], self.environ.get("CONTENT_LENGTH")
        try:
            length = max(int(given or 0), 0)
        except ValueError as error:
            raise InvalidRequestError("Content-Length is not a number") from error
        if length > self.max_body:
            raise PayloadTooLargeError(f"the body has {length} bytes, at most {self.max_body} are accepted")
        unknown = not given and self.environ.get("wsgi.input_terminated")
        body: bytes = self.read() if self.read else stream.read(self.max_body + 1 if unknown else length)
        if len(body) > self.max_body:
            raise PayloadTooLargeError(f"the body is too long, at most {self.max_body} bytes are accepted")
        if len(body) < length:
            raise InvalidRequestError("the body is shorter than its Content-Length")
        return body

    def header(self, name: str) -> str:
        """Return a request header by its name, "" when it is missing."""
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        return str(self.environ.get(key, ""))


def utf8_text(header: str) -> str:
    """Decode a header, which WSGI gives as Latin-1, as UTF-8; return it unchanged if it is not UTF-8."""
    if header.isascii():
        return header
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def decode_body(decoder: msgspec.json.Decoder[Any], asked: Call) -> Any:
    """Return the JSON body of a call as the type of `decoder`; raise ApiError that says what is wrong."""
    body = asked.body
    most = max(MOST_ENTRIES, asked.max_body // BYTES_OF_ENTRY)
    if has_more_entries(body, most):
        asked.taken = b""  # the journal does not read it either
        raise PayloadTooLargeError(f"the body has too many parts: at most {most} values are accepted")
    return decode_json(decoder, body, asked.backend.store.limits.depth)


def decode_json(decoder: msgspec.json.Decoder[Any], body: bytes, depth: int) -> Any:
    """Return a JSON text as the type of `decoder`; raise InvalidRequestError that says what is wrong.

    It may be nested `depth` deep; what is deeper could not be printed again.
    """
    try:
        value = decoder.decode(body)
    except msgspec.ValidationError as error:
        raise InvalidRequestError(explain(error, decoder.type, body)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fault = f"not JSON: {json_fault(error)}" if body.strip() else "empty: send JSON"
        raise InvalidRequestError(f"the body is {fault}") from error
    except RecursionError as error:
        raise InvalidRequestError(too_deep(depth)) from error
    if is_deeper(body, depth):
        raise InvalidRequestError(too_deep(depth))
    return value


def has_more_entries(body: bytes, most: int) -> bool:
    """Tell whether a JSON text has more than `most` values in its lists and objects.

    Read, each takes much more memory than its text: two bytes of text can become a hundred.
    """
    if len(body) <= most or entries(body) <= most:
        return False
    strings = (body.count(b'"') - body.count(b'\\"')) // 2
    return strings > 2 * most or entries(STRING.sub(b"", body)) > most


def entries(body: bytes) -> int:
    """Return how many values a JSON text without strings has at most, and one for each bracket."""
    return body.count(b",") + body.count(b"[") + body.count(b"{")


def too_deep(depth: int) -> str:
    """Return the text of the refusal of a body that is nested too deeply."""
    return f"the body is nested too deeply: at most {depth} levels are accepted"


def is_deeper(body: bytes, depth: int) -> bool:
    """Tell whether a JSON text is nested more than `depth` deep; each round peels off the innermost level."""
    if body.count(b"[") + body.count(b"{") <= depth:
        return False
    brackets = STRING.sub(b"", body).translate(ROUND, NO_BRACKETS)
    for _ in range(depth):
        peeled = brackets.replace(b"()", b"")
        if peeled == brackets:
            return False
        brackets = peeled
    return bool(brackets)


def decode_query(query: Mapping[str, str], kind: type[Any]) -> Any:
    """Return the query parameters as `kind`; raise InvalidRequestError that names the parameter."""
    try:
        return msgspec.convert(query, kind, strict=False)
    except msgspec.ValidationError as error:
        text = explain(error, kind, msgspec.json.encode(dict(query)), "the query")
        raise InvalidRequestError(f"query: {text}") from error


def refusal(asked: Call, error: ApiError) -> Answer:
    """Return the JSON answer of a refused call, and note it for the log of the server."""
    asked.environ[REFUSED] = error.status, error.text
    return Answer(ENCODER.encode({"error": error.text}), error.status, error.headers)
