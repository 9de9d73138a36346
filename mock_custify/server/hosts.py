"""Which names a server on the loopback interface answers to.

A web page can have its own name lead to 127.0.0.1 (DNS rebinding) and then read what the server answers. The
header Host still has that name.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mock_custify.server.certificate import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

# Names that cannot be registered: RFC 6761 for localhost, and what containers call the machine they run on.
PRIVATE: Final = (".localhost", ".internal")


class AllowedHosts:
    """The names of a server: any on an address that other machines reach, else private ones and `more`."""

    def __init__(self, address: str, more: Iterable[str] = ()) -> None:
        self.is_open = not is_loopback(address)
        self.names = {name.lower() for name in (address, *NAMES, *more)}
        self.refusal = lru_cache(maxsize=256)(self.find_refusal)

    def find_refusal(self, host: str) -> tuple[int, str] | None:
        """Return status and text for a call with this Host header, None when it is answered.

        Several headers arrive as one, with commas between.
        """
        if "," in host:
            return 400, "a request has one Host header"
        if self.is_open or self.is_known(name_of(host)):
            return None
        return 403, (
            f"this server listens on the loopback interface and does not answer to the host {host[:200]!r}: "
            "call it as localhost or by its address, or start it with --allow-host NAME"
        )

    def is_known(self, name: str) -> bool:
        """Tell whether a name is one of this server; one without a dot is private."""
        return "." not in name or name in self.names or name.endswith(PRIVATE) or is_address(name)


def name_of(host: str) -> str:
    """Return the name in a Host header, without its port, in lower case."""
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return "invalid.host"


def is_address(name: str) -> bool:
    """Tell whether a name is an IP address."""
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach `host`."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        name = host.lower().rstrip(".")
        return name == "localhost" or name.endswith(".localhost")
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
