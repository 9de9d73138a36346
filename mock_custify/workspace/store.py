"""All workspaces of a server, by API key."""

from __future__ import annotations

from hashlib import blake2b
from hmac import compare_digest
from threading import Lock
from typing import TYPE_CHECKING

from mock_custify.errors import UnauthorizedError
from mock_custify.limits import Limits
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_custify.workspace.initial_state import Beginning


class Store:
    """The workspaces of a server; without `api_keys` every key opens one, made on first use.

    Keys are held as digests only: no key can be read back or leak into a log. Each workspace starts as
    `beginning` says; `waiting` is one that is there already, for the first key that opens any.
    """

    def __init__(
        self,
        api_keys: Iterable[str] = (),
        limits: Limits | None = None,
        beginning: Beginning | None = None,
        waiting: Workspace | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.allowed = tuple(digest(key) for key in api_keys)
        self.beginning = beginning
        self.waiting = waiting
        self.workspaces: dict[bytes, Workspace] = {}
        self.lock = Lock()

    def workspace(self, api_key: str) -> Workspace:
        """Return the workspace of `api_key`; raise UnauthorizedError for a key this server does not take."""
        name = digest(api_key)
        if self.allowed and not any(compare_digest(name, known) for known in self.allowed):
            raise UnauthorizedError(
                "this API key is not known here: use a key given to the server with --api-key"
            )
        return self.workspaces.get(name) or self.opened(name)

    def opened(self, name: bytes) -> Workspace:
        """Return the workspace of a key that is new here; raise UnauthorizedError when there are too many."""
        with self.lock:
            if name in self.workspaces:
                return self.workspaces[name]
            if len(self.workspaces) >= self.limits.workspaces:
                raise UnauthorizedError(
                    f"there are {self.limits.workspaces} workspaces, as many as this server opens: "
                    "use the API key of one of them"
                )
            waiting, self.waiting = self.waiting, None
            return self.workspaces.setdefault(name, waiting or Workspace(self.beginning, self.limits))


def digest(api_key: str) -> bytes:
    """Return what stands for a key inside the server."""
    return blake2b(api_key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
