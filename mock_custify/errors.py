"""Why the fake refuses a call: one kind of error for each HTTP status it answers with."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException


class ApiError(HTTPException):
    """A refusal with its HTTP status as `code`; its text becomes the `error` of a JSON answer.

    It is an HTTPException, so that a handler for a status, such as `app.errorhandler(404)`, gets it too.
    """

    code: int = 500

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        """Return the text alone."""
        return self.text

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that go with the refusal."""
        return {}


class InvalidRequestError(ApiError):
    """The call cannot be understood or breaks a rule; the caller has to change it."""

    code = 400


class UnauthorizedError(ApiError):
    """No API key, or one that this server does not accept."""

    code = 401


class NotFoundError(ApiError):
    """The record named in the call does not exist."""

    code = 404


class PayloadTooLargeError(ApiError):
    """The body is longer than the call accepts."""

    code = 413


class TooManyRequestsError(ApiError):
    """The rate limit of the workspace is used up; `retry_after` is in whole seconds."""

    code = 429

    def __init__(self, text: str, retry_after: int) -> None:
        super().__init__(text)
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        """Return the header that says when to try again."""
        return {"Retry-After": str(self.retry_after)}
