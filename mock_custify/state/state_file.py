"""Keeps all workspaces of a server in one file: read at the start, replaced whole after changes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta  # noqa: TC003 - msgspec reads the annotations at run time
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from mock_custify.api.error_text import explain, json_fault
from mock_custify.errors import InvalidRequestError
from mock_custify.state.form import StatePut
from mock_custify.state.json_file import JsonFileError, read_json_file, reason_of
from mock_custify.state.locked_file import Claim, FileInUseError, replace_file
from mock_custify.state.state import build_records, state_of
from mock_custify.workspace.clock import Clock, Ids
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from mock_custify.workspace.store import OpenedWorkspace, Store

LOG: Final = logging.getLogger("mock_custify")
VERSION: Final = 1
INTERVAL: Final = 0.2
LONGEST_INTERVAL: Final = 30.0  # seconds between attempts while the file cannot be written
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
    """Fill `store` from the file at `path`, when there is one; raise StateFileError, with nothing changed.

    An empty file is a new one: a server was stopped between its start and its first save.
    """
    if not path.exists():
        return
    try:
        content = read_json_file(path)
        if not content:
            return
        version = msgspec.json.decode(content, type=Version).version
        if version != VERSION:
            raise StateFileError(f"{path} has version {version}: this mock-custify reads version {VERSION}")
        saved = msgspec.json.decode(content, type=StateFile).workspaces
        found = {bytes.fromhex(key): revived(store, raw) for key, raw in saved.items()}
    except JsonFileError as error:
        raise StateFileError(str(error)) from error
    except (msgspec.MsgspecError, ValueError, RecursionError, InvalidRequestError) as error:
        raise StateFileError(f"{path} is not a state file of mock-custify: {fault_of(error)}") from error
    for name, workspace in found.items():
        store.keep(name, workspace)


def fault_of(error: Exception) -> str:
    """Return why a file is not a state file, in our own words."""
    if isinstance(error, msgspec.ValidationError):
        return explain(error, StateFile, whole="its content")
    return f"not JSON: {json_fault(error)}" if isinstance(error, msgspec.DecodeError) else str(error)


def revived(store: Store, raw: msgspec.Raw) -> Workspace:
    """Return the workspace that was saved as `raw`."""
    saved = msgspec.json.decode(raw, type=SavedWorkspace)
    workspace = Workspace(store.initial_state, store.limits)
    workspace.changes = 1  # it holds something, so that it does not make room for another one
    workspace.clock = Clock(frozen=saved.frozen, offset=saved.offset)
    workspace.records.ids = Ids(seed=saved.seed, count=saved.made)
    workspace.replace(build_records(workspace, msgspec.json.decode(saved.state, type=StatePut)))
    return workspace


class Keeper:
    """Saves a store to a file after changes, in a thread, and once more at `stop`; no other server may.

    Changes are gathered for INTERVAL seconds; a kill loses no more than those and what is being written.
    """

    def __init__(self, store: Store, path: Path) -> None:
        self.store = store
        self.path = path
        self.saved: dict[bytes, Saved] = {}
        self.ending = Event()
        self.claim = Claim(path)
        self.interval = INTERVAL
        self.thread = Thread(target=self.run, name="mock-custify-keeper", daemon=True)

    def start(self) -> None:
        """Load the file and save from now on; raise StateFileError when it cannot be read or written."""
        try:
            self.claim.take()
            self.store.kept = True
            load_store(self.store, self.path)
            self.save()
        except FileInUseError as error:
            raise StateFileError(
                f"{self.path} is in use by another server: only one server at a time can use it"
            ) from error
        except OSError as error:
            self.claim.drop()
            raise StateFileError(f"{self.path} cannot be written: {reason_of(error)}") from error
        except StateFileError:
            self.claim.drop()
            raise
        self.thread.start()

    def stop(self) -> None:
        """Save what has changed and end; raise StateFileError when it cannot be written."""
        self.ending.set()
        self.thread.join()
        try:
            self.save()
        except OSError as error:
            raise StateFileError(f"{self.path} could not be written: {reason_of(error)}") from error
        finally:
            self.claim.drop()

    def run(self) -> None:
        """Save after changes until the end."""
        while not self.ending.wait(self.interval):
            if self.changed():
                self.try_to_save()

    def try_to_save(self) -> None:
        """Save; when it fails say so in the log once, and try again after longer and longer waits."""
        try:
            self.save()
        except OSError as error:
            if self.interval == INTERVAL:
                LOG.error("%s could not be written: %s; it is tried again", self.path, reason_of(error))  # noqa: TRY400 - one line
            self.saved = {}
            self.interval = min(self.interval * 2, LONGEST_INTERVAL)
        else:
            if self.interval > INTERVAL:
                LOG.warning("%s is written again", self.path)
            self.interval = INTERVAL

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
        file = StateFile(version=VERSION, workspaces=content)
        replace_file(self.claim.path, msgspec.json.encode(file), self.claim)

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
