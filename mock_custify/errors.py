"""Why the fake refuses a call: one kind of error for each HTTP status it answers with."""

from __future__ import annotations

from werkzeug.exceptions import (
    BadRequest,
    Conflict,
    Forbidden,
    HTTPException,
    NotFound,
    RequestEntityTooLarge,
    TooManyRequests,
    Unauthorized,
)


class ApiError(HTTPException):
    """A refusal with its HTTP status as `code`; its text becomes the `error` of a JSON answer.

    Each kind is also Werkzeug's for its status: `app.errorhandler(404)` and `app.errorhandler(ApiError)` both
    get it.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        """Return the text alone."""
        return self.text

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return self.code or 500

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that go with the refusal."""
        return {}


class InvalidRequestError(ApiError, BadRequest):
    """The call cannot be understood or breaks a rule; the caller has to change it."""


class UnauthorizedError(ApiError, Unauthorized):
    """No API key, or one that this server does not accept."""


class ForbiddenError(ApiError, Forbidden):
    """A web page of another origin asks for something that it may not do."""


class NotFoundError(ApiError, NotFound):
    """The record named in the call does not exist."""


class ConflictError(ApiError, Conflict):
    """The format or the details of an upload do not fit."""


class PayloadTooLargeError(ApiError, RequestEntityTooLarge):
    """The body is longer than the call accepts."""


class TooManyRequestsError(ApiError, TooManyRequests):
    """The rate limit of the workspace is used up; `retry_after` is in whole seconds, `limit` in calls."""

    def __init__(self, text: str, retry_after: int, limit: int) -> None:
        super().__init__(text)
        self.retry_after: int = retry_after
        self.limit = limit

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that say when to try again. Source: vendor's API description, section 3."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": "0",
            "Retry-After": str(self.retry_after),
        }
