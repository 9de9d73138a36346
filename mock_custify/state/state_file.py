"""Keeps all workspaces of a server in one file: read at the start, replaced whole after changes."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta  # noqa: TC003 - msgspec reads the annotations at run time
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from mock_custify.errors import InvalidRequestError
from mock_custify.state.form import StatePut
from mock_custify.state.state import build_records, state_of
from mock_custify.workspace.clock import Clock, Ids
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from mock_custify.workspace.store import OpenedWorkspace, Store

LOG: Final = logging.getLogger("mock_custify")
VERSION: Final = 1
INTERVAL: Final = 0.2
# A state is written only after the answers of the calls that made it have gone out.
SETTLING: Final = 0.05


class StateFileError(Exception):
    """A state file cannot be used; the text says which one and why."""


class SavedWorkspace(Struct, kw_only=True, forbid_unknown_fields=True):
    """A workspace in a file: its state, its clock and where its ids stand."""

    state: msgspec.Raw
    seed: int
    made: int
    frozen: datetime | None = None
    offset: timedelta


class StateFile(Struct, kw_only=True, forbid_unknown_fields=True):
    """All workspaces of a server by the digest of their API key, in hexadecimal; no key can be read back."""

    version: int
    workspaces: dict[str, msgspec.Raw]


class Version(Struct):
    """The part of a file that every version has."""

    version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """A workspace as it was last written, at its count of `changes`."""

    changes: int
    content: msgspec.Raw


def load_store(store: Store, path: Path) -> None:
    """Fill `store` from the file at `path`, when there is one; raise StateFileError, with nothing changed."""
    if not path.exists():
        return
    try:
        content = path.read_bytes()
        version = msgspec.json.decode(content, type=Version).version
        if version != VERSION:
            raise StateFileError(f"{path} has version {version}: this mock-custify reads version {VERSION}")
        saved = msgspec.json.decode(content, type=StateFile).workspaces
        found = {bytes.fromhex(key): revived(store, raw) for key, raw in saved.items()}
    except OSError as error:
        raise StateFileError(f"{path} cannot be read: {error.strerror or error}") from error
    except (msgspec.MsgspecError, ValueError, RecursionError, InvalidRequestError) as error:
        raise StateFileError(f"{path} is not a state file of mock-custify: {error}") from error
    for name, workspace in found.items():
        store.keep(name, workspace)


def revived(store: Store, raw: msgspec.Raw) -> Workspace:
    """Return the workspace that was saved as `raw`."""
    saved = msgspec.json.decode(raw, type=SavedWorkspace)
    workspace = Workspace(store.initial_state, store.limits)
    workspace.changes = 1  # it holds something, so that it does not make room for another one
    workspace.clock = Clock(frozen=saved.frozen, offset=saved.offset)
    workspace.records.ids = Ids(seed=saved.seed, count=saved.made)
    workspace.records = build_records(workspace, msgspec.json.decode(saved.state, type=StatePut))
    return workspace


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file at `path`; a kill leaves the old or the new one."""
    aside = path.with_name(f"{path.name}.saving")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Write the names in a folder to the disk; do nothing on Windows, which cannot open a folder."""
    if sys.platform == "win32":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Keeper:
    """Saves a store to a file after changes, in a thread, and once more at `stop`; no other server may.

    Changes are gathered for INTERVAL seconds; a kill loses no more than those and what is being written.
    """

    def __init__(self, store: Store, path: Path) -> None:
        self.store = store
        self.path = path
        self.saved: dict[bytes, Saved] = {}
        self.ending = Event()
        # Held by the process, not by a thread: the thread that stops need not be the one that started.
        self.lock = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
        self.thread = Thread(target=self.run, name="mock-custify-keeper", daemon=True)

    def start(self) -> None:
        """Load the file and save from now on; raise StateFileError when it cannot be read or written."""
        try:
            self.claim()
            self.store.kept = True
            load_store(self.store, self.path)
            self.save()
        except OSError as error:
            self.lock.release()
            raise StateFileError(f"{self.path} cannot be written: {error.strerror or error}") from error
        except StateFileError:
            self.lock.release()
            raise
        self.thread.start()

    def claim(self) -> None:
        """Lock the file until the end of the process; raise StateFileError when another server has it."""
        os.scandir(self.path.parent).close()  # raises for a missing folder; the lock would make it
        try:
            self.lock.acquire(blocking=False)
        except Timeout as error:
            raise StateFileError(
                f"{self.path} is kept by another server: one at a time may use it"
            ) from error

    def stop(self) -> None:
        """Save what has changed and end."""
        self.ending.set()
        self.thread.join()
        self.save()
        self.lock.release()

    def run(self) -> None:
        """Save after changes until the end."""
        while not self.ending.wait(INTERVAL):
            if self.changed():
                self.try_to_save()

    def try_to_save(self) -> None:
        """Save; when it fails say so in the log and go on, the next change tries again."""
        try:
            self.save()
        except OSError:
            self.saved = {}
            LOG.exception("%s could not be written", self.path)

    def changed(self) -> bool:
        """Tell whether any workspace may differ from the file."""
        if self.saved.keys() - self.store.workspaces.keys():
            return True
        for name, opened in list(self.store.workspaces.items()):
            with opened as workspace:
                if name not in self.saved or self.saved[name].changes != workspace.changes:
                    return True
        return False

    def save(self) -> None:
        """Write every workspace as it is now; those without changes are not printed again."""
        self.saved = {
            name: self.current(name, opened) for name, opened in list(self.store.workspaces.items())
        }
        self.ending.wait(SETTLING)
        content = {name.hex(): saved.content for name, saved in self.saved.items()}
        replace_file(self.path, msgspec.json.encode(StateFile(version=VERSION, workspaces=content)))

    def current(self, name: bytes, opened: OpenedWorkspace) -> Saved:
        """Return a workspace as it is saved now; it is printed from a copy, without its lock."""
        known, twin = self.saved.get(name), Workspace()
        with opened as workspace:
            if known is not None and known.changes == workspace.changes:
                return known
            changes = workspace.changes
            twin.records, twin.clock = workspace.records.copy(), workspace.clock.copy()
        return Saved(changes, printed(twin))


def printed(workspace: Workspace) -> msgspec.Raw:
    """Return a workspace as a file holds it."""
    ids, clock = workspace.records.ids, workspace.clock
    return msgspec.Raw(
        msgspec.json.encode(
            SavedWorkspace(
                state=msgspec.Raw(msgspec.json.encode(state_of(workspace))),
                seed=ids.seed,
                made=ids.count,
                frozen=clock.frozen,
                offset=clock.offset,
            )
        )
    )
