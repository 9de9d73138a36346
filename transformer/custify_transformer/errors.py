"""Why a message yields no request: every refusal, with its kind and its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from custify_transformer.request import HttpRequest


class TransformError(Exception):
    """A refused message: `kind`, `status`, `text`, and the `requests` that were sent before the refusal."""

    kind: ClassVar[str] = "transformation"
    status: int = 500

    def __init__(self, text: str, requests: tuple[HttpRequest, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.requests = requests


class InstrumentationError(TransformError):
    """The message lacks something or is of no use: mend the code that sent it."""

    kind: ClassVar[str] = "instrumentation"
    status = 400


class ConfigurationError(TransformError):
    """The settings of the destination are of no use: mend them, the message is fine."""

    kind: ClassVar[str] = "configuration"
    status = 400


class JavaScriptTypeError(TransformError):
    """RudderStack's own transformer throws a TypeError here (profile `production` only)."""


class CompanyCallError(TransformError):
    """Custify, or the way to it, refused the company of a group while the group was transformed."""

    kind: ClassVar[str] = "network"

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status
