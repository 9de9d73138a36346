"""Finds the files of an archive: in folders, by patterns, on this machine or in an object store."""

from __future__ import annotations

import os
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.request import url2pathname

from mock_custify.replay.archive.archive_file import ArchiveFile, is_ignored
from mock_custify.replay.archive.paths import REMOTE, order_of
from mock_custify.replay.archive.row import Place, Unreadable
from mock_custify.replay.archive.stores import remote_files
from mock_custify.replay.errors import UnreadableArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LOCAL: Final = "file://"
STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of an archive in the order of reading, and what could not be looked into."""

    files: list[ArchiveFile]
    unreadable: list[Unreadable]


def list_files(paths: Iterable[str]) -> Listing:
    """Return the files at `paths`, each once; raise UnreadableArchiveError for a path with nothing there."""
    listing = Listing([], [])
    seen: set[str] = set()
    for path in paths:
        local = local_path(path)
        if REMOTE in local:
            listing.files.extend(remote_files(local, seen))
        else:
            listing.files.extend(local_files(local, listing.unreadable, seen))
    listing.files.sort(key=lambda file: order_of(file.path))
    return listing


def local_path(path: str) -> str:
    """Return the path of a URL on this machine; other paths and URLs stay as they are."""
    return url2pathname(path.removeprefix(LOCAL)) if path.startswith(LOCAL) else path


def local_files(path: str, unreadable: list[Unreadable], seen: set[str]) -> Iterator[ArchiveFile]:
    """Return the files at a local path or pattern; a file that was `seen` under another name comes once."""
    for name in matching(path):
        for found in walk(name, unreadable, seen):
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield ArchiveFile(found, size_of(found), opener(found))


def size_of(path: str) -> int:
    """Return the size of a file, 0 for one that is gone: it is named when it is opened."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def matching(path: str) -> list[str]:
    """Return the names that a path means: itself, or those that a pattern fits."""
    if os.path.lexists(path):
        return [path]
    if path == STDIN:
        raise UnreadableArchiveError(f"{path}: standard input is not read: write it to a file")
    found = sorted(glob(path, recursive=True)) if has_magic(path) else []  # noqa: PTH207 - patterns may be absolute
    if not found:
        raise UnreadableArchiveError(f"{path}: there is no such file or folder")
    return found


def opener(path: str) -> Callable[[], BinaryIO]:
    """Return the function that opens a local file."""
    return lambda: Path(path).open("rb")


def walk(path: str, unreadable: list[Unreadable], seen: set[str]) -> Iterator[str]:
    """Return the files at a path and below it, without hidden ones; a folder is entered once."""
    if not os.path.isdir(path):  # noqa: PTH112 - the path stays as it was given
        if os.path.isfile(path):  # noqa: PTH113 - the same
            yield path
        else:
            unreadable.append(Unreadable(Place(path), why_no_file(path)))
        return
    real = f"{os.path.realpath(path)}{os.sep}"
    if real in seen:
        return
    seen.add(real)
    try:
        names = sorted(os.listdir(path))  # noqa: PTH208 - the names alone
    except OSError as error:
        unreadable.append(Unreadable(Place(path), f"cannot be read: {error.strerror or error}"))
        return
    for name in names:
        if not is_ignored(name):
            yield from walk(os.path.join(path, name), unreadable, seen)  # noqa: PTH118 - the path as it was given


def why_no_file(path: str) -> str:
    """Return why there is neither a file nor a folder at a path."""
    try:
        Path(path).stat()
    except FileNotFoundError:
        pass
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return "is no file: a broken link, a pipe or a device"
