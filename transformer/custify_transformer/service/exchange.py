"""The requests and responses of the service, and the responses of Custify behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from custify_transformer.request import HttpRequest

API_VERSION: Final = {"apiVersion": "2"}


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A request to the service. Header names are in lower case, `body` is the raw bytes after gunzip."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class ServiceResponse:
    """A response of the service. `body` is a JSON value; print it with `javascript.encode`."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class UpstreamResponse:
    """Custify's response to one request. `body` is decoded JSON, text, or "" if empty.

    Without a response `status` is 0 and `code` is Node's name of the failure, such as "ECONNREFUSED".
    """

    status: int
    body: Any = ""
    headers: dict[str, str] | None = None
    code: str = ""

    @property
    def ok(self) -> bool:
        """Return whether the status is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the range of HTTP itself


Deliver: TypeAlias = Callable[[HttpRequest], UpstreamResponse]


def failure(status: int, message: str, error: str = "Internal Server Error") -> ServiceResponse:
    """Return the response to a request that fails as a whole."""
    return ServiceResponse(status, API_VERSION, {"error": error, "message": message})
