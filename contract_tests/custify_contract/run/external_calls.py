"""HTTP calls to external targets: timeout, retries, and clear errors when there is no response."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

import click
import requests
from urllib3 import Retry
from urllib3.exceptions import NewConnectionError

from custify_contract.targets import CannotRunError
from mock_custify.cli.loopback import make_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from urllib3.response import BaseHTTPResponse

TIMEOUT: Final = 10
RETRIES: Final = 6
BUSY: Final = (429, 503)


class AnnouncedRetry(Retry):
    """Says on stderr how long it waits: a run on a target with a rate limit stands still meanwhile."""

    def sleep_for_retry(self, response: BaseHTTPResponse) -> bool:
        """Wait as long as the response asks for; return whether it asks for a wait."""
        if seconds := self.get_retry_after(response):
            why = "the rate limit of Custify" if response.status == BUSY[0] else "Custify is not available"
            click.echo(f"mock-custify: waiting {ceil(seconds)} s: {why}", err=True)
        return super().sleep_for_retry(response)


def retrying_session(url: str) -> requests.Session:
    """Return a session that repeats a call after a 429 or 503, after the time that the response asks for."""
    retry = AnnouncedRetry(
        connect=0,
        read=0,
        status=RETRIES,
        backoff_factor=0.5,
        status_forcelist=BUSY,
        allowed_methods=None,
        raise_on_status=False,
    )
    return session_for(url, retry)


def session_for(url: str, retry: Retry | int = 0) -> requests.Session:
    """Return a session for the calls of one server.

    The proxies and certificates of the environment are read once: to read them for each call takes as long
    as the call. The password of a .netrc file never replaces the API key.
    """
    session = make_session(retry)
    found = session.merge_environment_settings(url, {}, None, None, None)
    session.proxies, session.verify = found["proxies"], found["verify"]
    session.trust_env = False
    return session


def response_to(send: Callable[[], requests.Response], url: str) -> requests.Response:
    """Return the response to a request; raise CannotRunError if there is none."""
    try:
        return send()
    except requests.RequestException as error:
        raise CannotRunError(f"{url} does not answer{reason(error)}") from error


def is_unreachable(error: requests.RequestException) -> bool:
    """Return whether no connection was made, so that no other call would get an answer."""
    if isinstance(error, requests.exceptions.SSLError | requests.ConnectTimeout):
        return True
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(cause, NewConnectionError)


def reason(error: requests.RequestException) -> str:
    """Return the reason why there is no response, as the end of a sentence."""
    if isinstance(error, requests.exceptions.SSLError):
        return " over TLS with a certificate that this machine trusts"
    if isinstance(error, requests.Timeout):
        return f" within {TIMEOUT} seconds"
    return ": is the server running there?"
