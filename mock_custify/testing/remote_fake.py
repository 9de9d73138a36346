"""A fake that runs already, in another process."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

if TYPE_CHECKING:
    from collections.abc import Iterable

__tracebackhide__ = True


class ControlError(Exception):
    """The control API refused a call; its text says why."""


def check_urls(urls: Iterable[str]) -> None:
    """Raise ValueError for a text that is not the URL of a server."""
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError(f"{url!r} is not a URL: give one with http:// or https://, as in http://{url}")


class RemoteFake:
    """A fake that runs already, in another process, at `url`."""

    def __init__(self, url: str) -> None:
        check_urls([url])
        self.url = url.rstrip("/")

    def turned_away(self) -> list[str]:
        """Return nothing: other tests may use the same server."""
        return []

    def elsewhere(self, api_key: str) -> tuple[int, int]:  # noqa: ARG002 - as of the other fakes
        """Return nothing, for the same reason."""
        return 0, 0

    def __repr__(self) -> str:
        """Return the URL."""
        return f"connected to {self.url}"

    def start(self) -> None:
        """Do nothing: the fake runs already."""

    def stop(self) -> None:
        """Do nothing: somebody else started the fake."""

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call. It uses no proxy and no client that can be intercepted."""
        headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"}
        request = Request(f"{self.url}{path}", body or None, headers, method=method)  # noqa: S310 - as given
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            raise ControlError(f"{method} {path}: {error.read().decode('utf-8', 'replace')}") from error
        except URLError as error:
            raise ControlError(f"no fake answers at {self.url}: {error.reason}") from error
