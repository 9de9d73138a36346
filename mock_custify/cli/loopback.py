"""HTTP sessions of the command. A server on this machine is called directly, whatever HTTP_PROXY says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from mock_custify.server.hosts import is_loopback

if TYPE_CHECKING:
    from requests import PreparedRequest, Response


def leads_here(url: str) -> bool:
    """Tell whether `url` is about this machine; the address 0.0.0.0 leads here too, for a client."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return is_loopback(host) or host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not listened on


class DirectAdapter(HTTPAdapter):
    """Connects without a proxy to this machine, and as usual elsewhere."""

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send a request."""
        if leads_here(str(request.url)):
            kwargs["proxies"] = None
        return super().send(request, *args, **kwargs)


def make_session(max_retries: Any = 0) -> requests.Session:
    """Return a session whose calls to this machine use no proxy."""
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, DirectAdapter(max_retries=max_retries))
    return session


def unreachable(url: str, error: requests.RequestException) -> str:
    """Return why a call of a server failed, and what to do."""
    if not isinstance(error, requests.exceptions.SSLError):
        return (
            f"{url} does not answer ({type(error).__name__}): "
            "check the URL, or start a fake with mock-custify serve"
        )
    if "CERTIFICATE_VERIFY_FAILED" not in str(error):
        return f"{url} does not answer with TLS: use http://, or start the server with --tls FOLDER"
    return (
        f"the certificate of {url} is not trusted: set REQUESTS_CA_BUNDLE to the authority.pem "
        "in the folder of serve --tls"
    )
