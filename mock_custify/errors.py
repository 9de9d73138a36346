"""Why the fake refuses a call: one kind of error for each HTTP status it answers with."""

from __future__ import annotations

from typing import ClassVar


class ApiError(Exception):
    """A refusal with its HTTP `status`; its text becomes the `error` of a JSON answer."""

    status: ClassVar[int] = 500

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that go with the refusal."""
        return {}


class InvalidRequestError(ApiError):
    """The call cannot be understood or breaks a rule; the caller has to change it."""

    status = 400


class UnauthorizedError(ApiError):
    """No API key, or one that this server does not know."""

    status = 401


class NotFoundError(ApiError):
    """The record or the path named in the call does not exist."""

    status = 404


class PayloadTooLargeError(ApiError):
    """The body is longer than the route accepts."""

    status = 413


class TooManyRequestsError(ApiError):
    """The rate limit of the workspace is used up; `retry_after` is in whole seconds."""

    status = 429

    def __init__(self, text: str, retry_after: int) -> None:
        super().__init__(text)
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        """Return the header that tells a client when to come back."""
        return {"Retry-After": str(self.retry_after)}
