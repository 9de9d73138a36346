"""Reads messages as JSON lines and transforms them: what `transform`, `send` and `demo` share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from custify_transformer import Destination, HttpRequest, TransformError, transform
from mock_custify.cli.line_hints import SettingWarnings, line_hint
from mock_custify.cli.message_input import read_messages

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class TransformedLine:
    """The requests of a message; `kind` is "" when it is ok, else `error` says why it is refused.

    `line` is where the message begins, `hint` what to change in it.
    """

    requests: tuple[HttpRequest, ...]
    error: str = ""
    kind: str = ""
    status: int = 200
    line: int | None = None
    hint: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the output line. Source: the public interface, `transform`."""
        requests = [request.to_json() for request in self.requests]
        if not self.kind:
            return {"ok": True, "requests": requests}
        refused = {"ok": False, "error": self.error, "kind": self.kind, "status": self.status}
        return {**refused, **({"line": self.line} if self.line else {}), "requests": requests}


def transform_lines(
    file: BinaryIO, config: dict[str, Any] | None, profile: str, api_key: str | None = None
) -> Iterator[TransformedLine]:
    """Return one result for each message of `file`, in order; what cannot be read gives a result too.

    `config` are the settings for bare messages. `api_key`, when given, replaces every other key.
    """
    shared = None if config is None else Destination.from_config(config)
    warnings = SettingWarnings()
    for found in read_messages(file):
        if found.error:
            yield refuse_line(found.line, found.error)
            continue
        message, destination, beside = split_line(found.value, shared)
        warnings.check(found.line, beside)
        if api_key:
            destination = replace(destination, api_key=api_key)
        line = transform_message(message, destination, profile, found.line)
        yield replace(line, hint=line_hint(line.error, message, destination, beside))


def refuse_line(number: int, reason: str) -> TransformedLine:
    """Return the result of a line that cannot be read or printed."""
    return TransformedLine((), f"line {number} {reason}", "input", 400, number)


def transform_message(message: Any, destination: Destination, profile: str, number: int) -> TransformedLine:
    """Return the result of one message."""
    try:
        return TransformedLine(transform(message, destination, profile), line=number)
    except TransformError as error:
        return TransformedLine(error.requests, str(error), error.kind, error.status, number)


def split_line(value: Any, shared: Destination | None) -> tuple[Any, Destination, Any]:
    """Return the message and the settings of a line: bare, or {"message", "destination"}.

    The third value is the destination as the line has it, None if it has none.
    """
    if not isinstance(value, dict) or "type" in value or "message" not in value:
        return value, shared or Destination.from_config({}), None
    if "destination" in value:
        beside = value["destination"]
        return value["message"], Destination.from_json(beside), beside
    return value["message"], shared or Destination.from_json(), None
