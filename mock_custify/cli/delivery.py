"""Requests on their way to a Custify over HTTP, repeated while trying again can help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, retry_if_result, stop_after_attempt
from tenacity.wait import wait_exponential

from custify_transformer.javascript import encode

if TYPE_CHECKING:
    from custify_transformer import HttpRequest

ATTEMPTS: Final = 5
TIMEOUT: Final = 10  # seconds, as RudderStack waits
TOO_MANY, TIMED_OUT, SERVER_ERROR = 429, 408, 500


class Sender:
    """Delivers requests to the Custify at `url`; `retried` counts the repetitions.

    A 408, a 429, a 5xx or no answer is tried again with growing pauses, as RudderStack does; anything else
    is final, a redirect too. Source: data plane reference, router delivery; the number of attempts is our
    decision.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.session = requests.Session()
        self.retried = 0
        self.retrying = Retrying(
            retry=retry_if_exception_type((requests.ConnectionError, requests.Timeout))
            | retry_if_result(passing),
            wait=wait_exponential(multiplier=0.1, max=5),
            stop=stop_after_attempt(ATTEMPTS),
            before_sleep=self.count,
            retry_error_callback=last_answer,
        )

    def send(self, request: HttpRequest) -> requests.Response:
        """Return the answer to `request`; raise requests.RequestException when there never was one."""
        response: requests.Response = self.retrying(self.attempt, request)
        return response

    def attempt(self, request: HttpRequest) -> requests.Response:
        """Send `request` once."""
        parts = urlsplit(request.endpoint)
        target = f"{self.url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        body = encode(request.body)
        return self.session.request(
            request.method,
            target,
            params=request.params,
            headers={**request.headers, "User-Agent": "RudderLabs"},
            data=body,
            timeout=TIMEOUT,
            allow_redirects=False,
        )

    def count(self, _state: RetryCallState) -> None:
        """Count one repetition."""
        self.retried += 1


def passing(response: requests.Response) -> bool:
    """Tell whether an answer may be another one later."""
    return response.status_code in {TIMED_OUT, TOO_MANY} or response.status_code >= SERVER_ERROR


def last_answer(state: RetryCallState) -> Any:
    """Return the answer of the last attempt, or raise what kept it from coming."""
    return state.outcome.result() if state.outcome else None
