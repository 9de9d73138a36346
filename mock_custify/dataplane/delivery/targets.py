"""Where requests are delivered to: the fake in the same process, or a Custify over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from threading import local
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from custify_transformer.javascript import NotJsonError, encode
from mock_custify.api.exchange import ConnectionDroppedError
from mock_custify.dataplane.delivery.local_delivery import USER_AGENT, deliver
from mock_custify.dataplane.delivery.retry import NO_ANSWER

if TYPE_CHECKING:
    import requests

    from custify_transformer import HttpRequest
    from mock_custify.app import MockCustifyApp

TIMEOUT: Final = 10  # seconds, as the router waits


@dataclass(frozen=True, slots=True)
class DeliveryResponse:
    """What came back: `status`, the raw `body`, and `error` when there was no answer at all."""

    status: int
    body: bytes = b""
    error: str = ""


class DeliveryTarget(Protocol):
    """A place that answers requests."""

    def send(self, request: HttpRequest) -> DeliveryResponse:
        """Return the reply to `request`; never raise for what the other side does."""
        ...


class LocalTarget:
    """The fake itself, through the routes, the journal and the faults that every client meets."""

    def __init__(self, app: MockCustifyApp) -> None:
        self.app = app

    def send(self, request: HttpRequest) -> DeliveryResponse:
        """Return the reply of the fake."""
        try:
            answer = deliver(self.app, request)
        except ConnectionDroppedError as error:
            return DeliveryResponse(NO_ANSWER, error=str(error))
        except NotJsonError as error:
            return DeliveryResponse(400, error=str(error))
        return DeliveryResponse(answer.status, answer.body)


class HttpTarget:
    """The Custify at `url`; each thread keeps a connection of its own."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.threads = local()

    @property
    def session(self) -> requests.Session:
        """Return the session of the thread, which goes straight there and reads no settings of the user."""
        from requests import Session  # noqa: PLC0415 - a fake that delivers to itself starts without it

        if not hasattr(self.threads, "session"):
            self.threads.session = Session()
            self.threads.session.trust_env = False
        found: requests.Session = self.threads.session
        return found

    def send(self, request: HttpRequest) -> DeliveryResponse:
        """Return the reply of the Custify; no answer within 10 seconds counts as 504."""
        parts = urlsplit(request.endpoint)
        try:
            response = self.session.request(
                request.method,
                f"{self.url}{parts.path}" + (f"?{parts.query}" if parts.query else ""),
                params=request.params,
                headers={"User-Agent": USER_AGENT, **request.headers},
                data=encode(request.body) if request.body else None,
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except NotJsonError as error:
            return DeliveryResponse(400, error=str(error))
        except OSError as error:  # every RequestException is one
            return DeliveryResponse(NO_ANSWER, error=str(error))
        return DeliveryResponse(response.status_code, response.content)
