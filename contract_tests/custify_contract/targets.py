"""What is under test: a transformer and a Custify. Both are in this process or behind a URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from msgspec import Struct

from custify_transformer import HttpRequest

if TYPE_CHECKING:
    from custify_contract.observed_state import Json, ObservedState

    Calls: TypeAlias = tuple[tuple[str, Json], ...]  # the path and the body of each POST

API: Final = "https://api.custify.com"
API_KEY: Final = "contract-key"
OTHER_KEY: Final = "another-key"


class CannotRunError(Exception):
    """The run cannot continue: a target does not answer, or its answer has an unknown format."""


class MessageRefusedError(Exception):
    """The transformer refused a message; `requests` are the requests it had sent before."""

    def __init__(self, text: str, requests: tuple[HttpRequest, ...] = ()) -> None:
        super().__init__(text)
        self.requests = requests


class NoAnswerError(Exception):
    """A message got no proper answer; `in_general` is the text if the transformer answers no message."""

    def __init__(self, text: str, in_general: str) -> None:
        super().__init__(text)
        self.in_general = in_general


class TargetResponse(Struct, frozen=True):
    """The response of a Custify; status 0 means that the connection broke."""

    status: int
    body: Json

    @property
    def ok(self) -> bool:
        """Return whether the call was accepted."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of success


class TransformerTarget(Protocol):
    """A transformer under test: it maps messages to requests."""

    profile: str  # the profile of our own transformer that repeats what was observed here
    options: str  # the options of `mock-custify contract` that select this target; "" for the default
    reads_doubles: bool  # whether long integers lose digits on the way, as in JavaScript
    posts_companies: (
        bool  # whether the transformer itself posts the company of a group, as RudderStack's does
    )

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests for a message; raise MessageRefusedError or NoAnswerError."""
        ...


class CustifyTarget(Protocol):
    """A Custify under test."""

    shows_all: bool  # whether its state can show events, custom fields and a second workspace
    visibility_timeout: float  # seconds after which a write must be readable
    options: str  # the options of `mock-custify contract` that select this target; "" for the default
    url: str  # the base URL in commands that repeat the calls

    def reset(self) -> None:
        """Start an example: records of earlier examples do not show in the state any more."""
        ...

    def send(self, request: HttpRequest) -> TargetResponse:
        """Send a request and return the response."""
        ...

    def create(self, calls: Calls) -> list[TargetResponse]:
        """Create the records that exist before a case, as if each call was made; return the responses."""
        ...

    def observe(self, api_key: str = API_KEY) -> ObservedState:
        """Return the state of the workspace of `api_key`."""
        ...

    def rename(self, message: Any) -> Any:
        """Return `message` with the ids and emails of this run."""
        ...

    def remember(self, body: Any) -> None:
        """Remember the records that a body names: the transformer may have posted them itself."""
        ...

    def close(self, *, posted: bool = True) -> None:
        """Delete all records of the run; `posted`: also companies that the transformer posted itself."""
        ...

    @property
    def left(self) -> list[str]:
        """Return the names of the records that are not deleted."""
        ...


def custify_call(
    method: str, path: str, body: Json = None, api_key: str = API_KEY, **params: Any
) -> HttpRequest:
    """Return a request to the Custify API; `params` are its query parameters."""
    json_type = "application/json"
    headers = {"Content-Type": json_type, "Authorization": f"Bearer {api_key}", "Accept": json_type}
    return HttpRequest(method, f"{API}{path}", headers, params, body)
