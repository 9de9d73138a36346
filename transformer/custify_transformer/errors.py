"""The reasons why a message is refused, each with its kind and status."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from custify_transformer.request import HttpRequest


class TransformError(Exception):
    """A refused message: `kind`, `status`, `text`, and the `requests` to send before the refusal."""

    kind: ClassVar[str] = "transformation"
    status: int = 500

    def __init__(self, text: str, requests: tuple[HttpRequest, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.requests = requests


class InstrumentationError(TransformError):
    """The message is incomplete or invalid: fix the code that sends it."""

    kind: ClassVar[str] = "instrumentation"
    status = 400


class ConfigurationError(TransformError):
    """The settings of the destination are invalid: fix them, not the message."""

    kind: ClassVar[str] = "configuration"
    status = 400


class JavaScriptTypeError(TransformError):
    """RudderStack's transformer throws a TypeError here (profile `production` only)."""
