"""Sends requests to a Custify over HTTP, and sends them again while that can help."""

from __future__ import annotations

from contextlib import suppress
from time import sleep
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import requests

from custify_transformer.javascript import encode
from mock_custify.cli.loopback import make_session
from mock_custify.dataplane.delivery.retry import RetryPolicy, passes

if TYPE_CHECKING:
    from custify_transformer import HttpRequest

# RudderStack's waits and its rule for what is sent again, in a hundredth of its time: 0.1, 0.2, 0.4 and 0.8
# seconds. Unlike RudderStack, `send` gives up after five attempts, since somebody waits for its end.
POLICY: Final = RetryPolicy(scale=0.01, attempts=5)
TIMEOUT: Final = 10  # seconds, as RudderStack waits


class Sender:
    """Sends requests to the Custify at `url`; `retried` counts the repetitions."""

    def __init__(self, url: str, policy: RetryPolicy = POLICY) -> None:
        self.url = url.rstrip("/")
        self.policy = policy
        self.session = make_session()
        self.retried = 0

    def send(self, request: HttpRequest) -> requests.Response:
        """Return the answer to `request`; raise requests.RequestException if there is none."""
        for attempt in range(1, self.policy.attempts):
            with suppress(requests.ConnectionError, requests.Timeout):
                response = self.send_once(request)
                if not passes(response.status_code):
                    return response
            self.retried += 1
            sleep(self.policy.wait(attempt))
        return self.send_once(request)

    def send_once(self, request: HttpRequest) -> requests.Response:
        """Return the answer to one attempt. A redirect is an answer and is not followed."""
        endpoint = urlsplit(request.endpoint)
        return self.session.request(
            request.method,
            f"{self.url}{endpoint.path}" + (f"?{endpoint.query}" if endpoint.query else ""),
            params=request.params,
            headers={**request.headers, "User-Agent": "RudderLabs"},
            data=encode(request.body),
            timeout=TIMEOUT,
            allow_redirects=False,
        )
