"""A file that one server at a time may use: it is claimed, and replaced whole."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Final

from mock_custify.state.json_file import stat_kind

fcntl: Final[Any] = import_module("fcntl") if find_spec("fcntl") else None  # None on Windows
filelock: Final[Any] = None if fcntl else import_module("filelock")  # a dependency on Windows only
PRIVATE: Final = 0o600  # the mode of a new file
ATTEMPTS: Final = 10
SAVING: Final = ".saving"


class FileInUseError(Exception):
    """Another server has claimed the file."""


class Claim:
    """The claim on the file at `path`, or where a link there leads, between `take` and `drop`.

    The file itself is locked, so the claim holds whatever name leads there, and ends with the process. A file
    that takes its place is locked before. Windows cannot replace an open file: there another one beside it is
    locked.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))
        self.locks: list[Any] = []

    def take(self) -> None:
        """Lock the file, an empty one if there is none; raise FileInUseError or OSError."""
        if self.path.exists():
            refuse_other_than_files(self.path)
        self.locks = [self.lock_file() if fcntl else self.lock_beside()]
        remove_remains(self.path)

    def lock_beside(self) -> Any:
        """Return a lock on a file beside, held by the process: it may be released by another thread."""
        os.scandir(self.path.parent).close()  # raises for a missing folder; the lock would make it
        beside = self.path.with_name(f"{self.path.name}.mock-custify-lock")
        lock = filelock.FileLock(beside, thread_local=False)
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout as error:
            raise FileInUseError from error
        return lock

    def lock_file(self) -> int:
        """Return the descriptor of the file, locked. It may be replaced while it is opened."""
        for _ in range(ATTEMPTS):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, PRIVATE)
            try:
                lock(descriptor)
                if os.path.samestat(os.fstat(descriptor), self.path.stat()):
                    return descriptor
            except BlockingIOError as error:
                os.close(descriptor)
                raise FileInUseError from error
            except FileNotFoundError:
                pass
            os.close(descriptor)
        raise FileInUseError

    def extend(self, descriptor: int) -> None:
        """Lock the open file that is about to take the place of the claimed one."""
        if fcntl and self.locks:
            self.locks.append(os.dup(descriptor))
            lock(self.locks[-1])

    def settle(self, *, replaced: bool) -> None:
        """Give up the lock on the file that is no longer in its place."""
        if len(self.locks) > 1:
            os.close(self.locks.pop(0 if replaced else -1))

    def drop(self) -> None:
        """End the claim."""
        while self.locks:
            held = self.locks.pop()
            os.close(held) if fcntl else held.release()


def lock(descriptor: int) -> None:
    """Lock an open file; raise BlockingIOError when somebody else has."""
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def refuse_other_than_files(path: Path) -> None:
    """Raise OSError for what cannot be replaced whole."""
    kind = stat_kind(path)
    if kind != "file":
        raise OSError(f"it is a {kind}: name a file")
    if path.stat().st_nlink > 1:
        raise OSError(
            "it has a second name (a hard link), which would keep an old state: use a symbolic link"
        )


def remove_remains(path: Path) -> None:
    """Remove what a server left that was killed while it replaced the file."""
    for entry in path.parent.iterdir():
        if entry.name.startswith(f".{path.name}.") and entry.name.endswith(SAVING):
            with suppress(OSError):
                entry.unlink()


def replace_file(path: Path, content: bytes, claim: Claim | None = None) -> None:
    """Put `content` in the place of the file at `path`; a kill leaves the old or the new one."""
    descriptor, aside = mkstemp(prefix=f".{path.name}.", suffix=SAVING, dir=path.parent)
    replaced = False
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if claim is not None:
                claim.extend(file.fileno())
        Path(aside).replace(path)
        replaced = True
    finally:
        if claim is not None:
            claim.settle(replaced=replaced)
        if not replaced:
            Path(aside).unlink(missing_ok=True)
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
