"""Finds the files of an archive: in folders, by patterns, on this machine or in an object store."""

from __future__ import annotations

import os
from dataclasses import dataclass
from glob import glob, has_magic
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from mock_custify.replay.archive.paths import order_of
from mock_custify.replay.archive.row import Place, Unreadable
from mock_custify.replay.errors import MissingExtraError, UnreadableArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

IGNORED: Final = frozenset({"dummy-object.txt"})
REMOTE: Final = "://"


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of an archive: its path as given, its size in bytes, and how to open it."""

    path: str
    size: int
    open: Callable[[], BinaryIO]


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
        found = remote_files(path) if REMOTE in path else local_files(path, listing.unreadable, seen)
        listing.files.extend(found)
    listing.files.sort(key=lambda file: order_of(file.path))
    return listing


def local_files(path: str, unreadable: list[Unreadable], seen: set[str]) -> Iterator[ArchiveFile]:
    """Return the files at a local path or pattern; a file that was `seen` under another name comes once."""
    for name in matching(path):
        for found in walk(name, unreadable, seen):
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield ArchiveFile(found, Path(found).stat().st_size, opener(found))


def matching(path: str) -> list[str]:
    """Return the names that a path means: itself, or those that a pattern fits."""
    if os.path.lexists(path):
        return [path]
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
            unreadable.append(Unreadable(Place(path), "is no file: a broken link or a device"))
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


def is_ignored(name: str) -> bool:
    """Tell whether a file or a folder is no part of an archive: hidden ones, and marks of the writer."""
    return name.startswith(".") or name in IGNORED or name == "_SUCCESS"


def remote_files(path: str) -> Iterator[ArchiveFile]:
    """Return the files at a URL such as s3://bucket/prefix; raise MissingExtraError without fsspec."""
    try:
        core: Any = import_module("fsspec.core")
        system, inner = core.url_to_fs(path)
    except ImportError as error:
        raise MissingExtraError(f"{path.partition(REMOTE)[0]}:// needs fsspec", "s3") from error
    try:
        names = system.glob(inner) if has_magic(inner) else [inner]
        found = {name: about for one in names for name, about in system.find(one, detail=True).items()}
    except Exception as error:  # each store has errors of its own
        raise UnreadableArchiveError(f"{path} cannot be read: {error}") from error
    if not found:
        raise UnreadableArchiveError(f"{path}: there is no such file or folder")
    for name, about in found.items():
        if not any(map(is_ignored, name.removeprefix(inner).split("/"))):
            yield ArchiveFile(
                system.unstrip_protocol(name), int(about.get("size") or 0), remote(system, name)
            )


def remote(system: Any, name: str) -> Callable[[], BinaryIO]:
    """Return the function that opens a file of an object store."""
    return lambda: cast("BinaryIO", system.open(name, "rb"))
