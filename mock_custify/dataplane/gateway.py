"""Checks the body of an SDK's call in the order of the gateway, and returns its messages.

Source: data plane, "Answers, in the order they are checked". A refusal stores nothing of the batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

import msgspec

from custify_transformer.javascript import NotJsonError, decode, encode
from mock_custify.api.authorization import basic_user_of
from mock_custify.api.request import MOST_ENTRIES, has_more_entries
from mock_custify.dataplane.content_encoding import UnknownEncodingError, decoded
from mock_custify.errors import ApiError, PayloadTooLargeError

if TYPE_CHECKING:
    from mock_custify.api import Call

LARGEST_BATCH: Final = 4000 * 1024
LARGEST_BODY: Final = 4 * LARGEST_BATCH  # what is read before the size is judged, so that no bomb unpacks
MOST_MESSAGES: Final = 10_000
DECODER: Final = msgspec.json.Decoder()
LONGEST_SHOWN: Final = 2000  # bytes of a body that is not JSON

TOO_LARGE: Final = (413, "request size exceeds max limit")
INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

Message = dict[str, Any]


class GatewayError(ApiError):
    """A refused batch: `code` and `text` are the answer, `index` is the place of the message at fault.

    `detail` says more than RudderStack's own text, and `text_of_body` is the beginning of a body that could
    not be read; both are for the deliveries of the workspace.
    """

    def __init__(
        self,
        code: int,
        text: str,
        index: int | None = None,
        detail: str = "",
        text_of_body: str | None = None,
    ) -> None:
        super().__init__(text)
        self.code = code
        self.index = index
        self.detail = detail
        self.text_of_body = text_of_body

    @property
    def reason(self) -> str:
        """Return why the batch was refused."""
        return f"{self.text}: {self.detail}" if self.detail else self.text


def basic_user(call: Call) -> str:
    """Return the user of the Basic authorization, "" if there is none."""
    return basic_user_of(call.header("Authorization"))


def header_key(call: Call) -> str:
    """Return the write key of the header; raise GatewayError if there is none."""
    if key := basic_user(call):
        return key
    raise GatewayError(401, "failed to read writekey from header")


def query_key(call: Call) -> str:
    """Return the write key of the query; raise GatewayError if there is none."""
    if key := call.query.get("writeKey", "").strip():
        return key
    raise GatewayError(401, "failed to read writekey from query params")


def segment_key(call: Call) -> str:
    """Return the write key of the header, else the one that Segment's browser SDK puts into the body."""
    if key := basic_user(call):
        return key
    try:
        body = json_body(read_body(call))
    except GatewayError:
        return header_key(call)
    held = [body, *events_of(body, "")]
    keys = (part.get("writeKey") for part in held if isinstance(part, dict))
    return next((key for key in keys if isinstance(key, str) and key.strip()), "").strip() or header_key(call)


def read_body(call: Call) -> bytes:
    """Return the body, unpacked; the Content-Type is never looked at. Raises GatewayError."""
    try:
        body = decoded(call.body, call.header("Content-Encoding"), LARGEST_BODY)
    except (PayloadTooLargeError, OverflowError) as error:
        raise GatewayError(*TOO_LARGE) from error
    except UnknownEncodingError as error:
        raise GatewayError(400, "invalid json", detail=str(error)) from error
    except ValueError as error:
        raise GatewayError(500, "failed to read body from request") from error
    if has_more_entries(body, MOST_ENTRIES):
        raise GatewayError(*TOO_LARGE)
    return body


def json_body(body: bytes) -> Any:
    """Return the JSON of a body; raise GatewayError if it is not JSON.

    Half a surrogate pair, which the quick reader refuses, becomes U+FFFD as it does in Go.
    """
    try:
        return DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return whole_text(decode(body))
    except (NotJsonError, RecursionError) as error:
        text = body[:LONGEST_SHOWN].decode("utf-8", "replace")
        raise GatewayError(400, "invalid json", detail=str(error), text_of_body=text) from error


def whole_text(value: Any) -> Any:
    """Return a JSON value with every lone surrogate replaced."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {whole_text(name): whole_text(part) for name, part in value.items()}
    return [whole_text(part) for part in value] if isinstance(value, list) else value


def events_of(body: Any, kind: str) -> list[Any]:
    """Return the messages of a body: the whole of it as one of type `kind`, or those of its `batch`.

    An object in place of the list of a batch counts as one message.
    """
    if kind:
        return [{**body, "type": kind} if isinstance(body, dict) else body]
    batch = body.get("batch") if isinstance(body, dict) else None
    if batch is None:
        return []
    return batch if isinstance(batch, list) else [batch]


def checked(events: list[Any], size: int) -> list[Message]:
    """Return `events` when each one is a message that names somebody; `size` is the body's, in bytes.

    Raises GatewayError, which refuses the whole batch.
    """
    for index, event in enumerate(events):
        if not isinstance(event, dict):
            raise GatewayError(400, "event is not a valid rudder event", index)
        if not (is_named(event.get("userId")) or is_named(event.get("anonymousId"))):
            raise GatewayError(400, "request neither has anonymousId nor userId", index)
    if size > LARGEST_BATCH or len(events) > MOST_MESSAGES:
        raise GatewayError(*TOO_LARGE)
    if not events:
        raise GatewayError(400, "empty batch payload")
    return events


def is_named(value: Any) -> bool:
    """Tell whether an id is there at all: null, "" and what only looks empty are not."""
    return bool(id_text(value))


def id_text(value: Any) -> str:
    """Return an id as text: visible characters only, trimmed; what is no text as JSON, null as "".

    Raises GatewayError for what is nested too deeply to be printed.
    """
    if value is None:
        return ""
    try:
        text = value if isinstance(value, str) else encode(value).decode()
    except NotJsonError as error:
        raise GatewayError(400, "invalid json") from error
    if not text.isprintable():
        text = "".join(letter for letter in text if category(letter) not in INVISIBLE)
    return text.strip()
