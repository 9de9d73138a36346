"""The WSGI environment of a call, whether it came over a socket or never left the process."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_custify.api.exchange import Exchange


def environ_of(  # noqa: PLR0913 - one for each fact about a call
    method: str,
    path: str,
    query: str,
    headers: Iterable[tuple[str | bytes, str]],
    exchange: Exchange,
    *,
    scheme: str = "http",
    server: tuple[str, int] = ("localhost", 80),
    client: str = "",
    version: str = "1.1",
) -> dict[str, Any]:
    """Return the environment; the caller adds the body as "wsgi.input" and its "CONTENT_LENGTH".

    `path` is decoded and in Latin-1, as WSGI wants it. Headers of one name are joined by a comma; the
    Content-Length among them is left to the caller as "HTTP_CONTENT_LENGTH".
    """
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": f"HTTP/{version}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "mock_custify.exchange": exchange,
    }
    for name, value in headers:
        key = environ_name(name)
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    return environ


@lru_cache(maxsize=1024)
def environ_name(header: str | bytes) -> str:
    """Return the name of a header in a WSGI environment.

    One with an underscore could pass for another header there, so it keeps a name that no other one has.
    """
    name = (header.decode("latin-1") if isinstance(header, bytes) else header).upper()
    return f"mock_custify.header.{name}" if "_" in name else "HTTP_" + name.replace("-", "_")
