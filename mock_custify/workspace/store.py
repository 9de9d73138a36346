"""All workspaces of a server, by API key."""

from __future__ import annotations

from hashlib import blake2b
from hmac import compare_digest
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from mock_custify.errors import UnauthorizedError
from mock_custify.limits import Limits
from mock_custify.workspace.traffic.arrivals import Arrivals
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from mock_custify.workspace.initial_state import InitialState

GIVEN_TO_SERVER: Final = "a key given to the server with --api-key"
IDLE: Final = 3600  # seconds without a call, after which a workspace may make room for another one


class OpenedWorkspace:
    """The way into a workspace: a `with` block, which holds its lock and may be entered again inside.

    `used_at` is when it was last opened, by the monotonic clock; `closed` tells that its key leads elsewhere.
    """

    __slots__ = ("__lock", "__workspace", "closed", "used_at")

    def __init__(self, workspace: Workspace) -> None:
        self.__workspace, self.__lock = workspace, workspace.lock
        self.used_at = monotonic()
        self.closed = False

    def __enter__(self) -> Workspace:
        """Return the workspace, locked until the end of the block."""
        self.__lock.acquire()
        return self.__workspace

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Unlock the workspace."""
        self.__lock.release()

    def can_be_closed(self, idle: float) -> bool:
        """Return whether no call uses it, and it is fresh or was not used for `idle` seconds."""
        if not self.__lock.acquire(blocking=False):
            return False
        try:
            return self.__workspace.is_fresh or monotonic() - self.used_at > idle
        finally:
            self.__lock.release()

    def arrived(self) -> int:
        """Return how many messages came for the workspace, as of now and without its lock."""
        return self.__workspace.arrived

    def counts(self) -> tuple[int, int, int]:
        """Return what identifies the workspace, and how many calls and messages came for it."""
        workspace = self.__workspace
        return id(workspace), workspace.journal.count, workspace.arrived

    def is_held(self) -> bool:
        """Tell whether another thread is inside the workspace."""
        if self.__lock.acquire(blocking=False):
            self.__lock.release()
            return False
        return True


class Store:
    """The workspaces of a server; without `api_keys` every key opens one, made on first use.

    Keys are held as digests only: no key can be read back or leak into a log. Each workspace starts as
    `initial_state` says; `waiting` is one that is there already, for the first key that opens any. Where
    there are too many, one that holds nothing makes room, else one that was idle. `kept` says that all are
    in a file: then an idle one stays. `accepts` says in a refusal which keys are accepted.
    """

    def __init__(
        self,
        api_keys: Iterable[str] = (),
        limits: Limits | None = None,
        initial_state: InitialState | None = None,
        waiting: Workspace | None = None,
        accepts: str = GIVEN_TO_SERVER,
    ) -> None:
        self.limits = limits or Limits()
        self.allowed = tuple(digest(key) for key in api_keys)
        self.initial_state = initial_state
        self.waiting = waiting
        self.accepts = accepts
        self.workspaces: dict[bytes, OpenedWorkspace] = {}
        self.kept = False
        self.lock = Lock()
        self.arrivals = Arrivals()

    def open(self, api_key: str) -> OpenedWorkspace:
        """Return the workspace of `api_key`, to be used as `with store.open(api_key) as workspace`.

        Raises UnauthorizedError for a key that this server does not accept.
        """
        name = self.accepted(api_key)
        opened = self.workspaces.get(name) or self.made(name)
        opened.used_at = monotonic()
        return opened

    def count_messages(self, workspace: Workspace, messages: int) -> None:
        """Count messages that arrived for an open workspace, whether they are accepted or not."""
        workspace.arrived += messages
        with self.lock:
            self.arrivals.messages += messages

    def close(self, api_key: str) -> None:
        """Forget the workspace of `api_key`, if there is one; raise UnauthorizedError as `open` does."""
        name = self.accepted(api_key)
        with self.lock:
            self.forget(name)

    def accepted(self, api_key: str) -> bytes:
        """Return the digest of a key; raise UnauthorizedError for one that this server does not accept."""
        name = digest(api_key)
        if self.allowed and not any(compare_digest(name, known) for known in self.allowed):
            raise UnauthorizedError(f"this API key is not known here: use {self.accepts}")
        return name

    def find(self, api_key: str) -> OpenedWorkspace | None:
        """Return the workspace of a key, None when no call opened it yet."""
        return self.workspaces.get(digest(api_key))

    def elsewhere(self, api_key: str) -> tuple[int, int]:
        """Return how many calls and messages came for the workspaces of other keys."""
        own = self.find(api_key)
        found = {number: counts for number, *counts in (one.counts() for one in [*self.workspaces.values()])}
        if own is not None:
            found.pop(own.counts()[0], None)
        return sum(calls for calls, _ in found.values()), sum(messages for _, messages in found.values())

    def made(self, name: bytes) -> OpenedWorkspace:
        """Return the workspace of a key that is new here; raise UnauthorizedError when there are too many."""
        with self.lock:
            if name in self.workspaces:
                return self.workspaces[name]
            if len(self.workspaces) >= self.limits.workspaces and not self.make_room():
                raise UnauthorizedError(
                    f"there are {self.limits.workspaces} workspaces, the most that this server opens: "
                    "use the API key of one of them, or close one with DELETE /_mock/workspace"
                )
            waiting, self.waiting = self.waiting, None
            return self.keep(name, waiting or Workspace(self.initial_state, self.limits))

    def make_room(self) -> bool:
        """Forget the workspace that was not used for the longest time, of those that may go."""
        oldest_first = sorted(self.workspaces, key=lambda name: self.workspaces[name].used_at)
        for idle in (float("inf"), IDLE)[: 1 if self.kept else 2]:
            for name in oldest_first:
                if self.workspaces[name].can_be_closed(idle):
                    self.forget(name)
                    return True
        return False

    def forget(self, name: bytes) -> None:
        """Forget a workspace; what still waits for it finds it closed."""
        opened = self.workspaces.pop(name, None)
        if opened is not None:
            opened.closed = True
            self.arrivals.messages -= opened.arrived()

    def keep(self, name: bytes, workspace: Workspace) -> OpenedWorkspace:
        """Keep a workspace under the digest of its key, in place of another one."""
        self.workspaces[name] = OpenedWorkspace(workspace)
        return self.workspaces[name]


def digest(api_key: str) -> bytes:
    """Return what stands for a key inside the server."""
    return blake2b(api_key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
