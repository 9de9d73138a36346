"""JSON lines of messages, read and transformed: what `transform` and `send` have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from custify_transformer import PROFILES, Destination, HttpRequest, TransformError
from custify_transformer import transform as transform_message
from custify_transformer.javascript import NotJsonError, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

file_argument = click.argument("file", type=click.File("rb"), default="-")
config_option = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, readable=True),
    help='Destination settings for bare messages, a file such as {"apiKey": "KEY"}.',
)
profile_option = click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="documented",
    show_default=True,
    help="What the page promises, or what production does.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input line became: its requests, and why it was refused when it was."""

    requests: tuple[HttpRequest, ...]
    error: str = ""
    kind: str = ""
    status: int = 200
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the output line. Source: the public interface, `transform`."""
        requests = [request.to_json() for request in self.requests]
        if not self.kind:
            return {"ok": True, "requests": requests}
        refused = {"ok": False, "error": self.error, "kind": self.kind, "status": self.status}
        return {**refused, **({"line": self.line} if self.line else {}), "requests": requests}


def read_config(path: str | None) -> dict[str, Any] | None:
    """Return the destination settings in a file, None without a file; raise UsageError when it holds none.

    The file holds either the settings themselves or a destination with its Config.
    """
    if path is None:
        return None
    with click.open_file(path, "rb") as file:
        try:
            settings = decode(file.read())
        except NotJsonError as error:
            raise click.UsageError(f"--config {path}: not JSON: {error}") from error
    settings = settings.get("Config", settings) if isinstance(settings, dict) else None
    if not isinstance(settings, dict):
        raise click.UsageError(f'--config {path}: expected an object such as {{"apiKey": "..."}}')
    return settings


def outcomes(
    file: BinaryIO, config: dict[str, Any] | None, profile: str, api_key: str | None = None
) -> Iterator[Outcome]:
    """Return what each line of `file` becomes, in order; a bad line is an outcome too.

    `config` settles the destination of bare messages; `api_key`, when given, replaces every other key.
    """
    shared = None if config is None else Destination.from_config(config)
    for number, line in enumerate(file, 1):
        text = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if not text.strip():
            yield Outcome((), f"line {number} is empty: each line is one JSON message", "input", 400, number)
            continue
        try:
            message, destination = parted(decode(text), shared)
        except NotJsonError as error:
            yield Outcome((), f"line {number} is not JSON: {error}", "input", 400, number)
            continue
        yield outcome(message, replace(destination, api_key=api_key) if api_key else destination, profile)


def outcome(message: Any, destination: Destination, profile: str) -> Outcome:
    """Return what one message becomes."""
    try:
        return Outcome(transform_message(message, destination, profile))
    except TransformError as error:
        return Outcome(error.requests, str(error), error.kind, error.status)


def parted(value: Any, shared: Destination | None) -> tuple[Any, Destination]:
    """Return the message and the settings of a line: bare, or {"message", "destination"}."""
    if not isinstance(value, dict) or "type" in value or "message" not in value:
        return value, shared or Destination.from_config({})
    if shared is not None and "destination" not in value:
        return value["message"], shared
    given = {"destination": value["destination"]} if "destination" in value else {}
    return value["message"], Destination.from_json(**given)
