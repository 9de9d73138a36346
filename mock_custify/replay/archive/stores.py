"""Finds and opens the files of object stores, by fsspec."""

from __future__ import annotations

import re
from contextlib import contextmanager
from glob import has_magic
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from mock_custify.replay.archive.archive_file import ArchiveFile, WrappedFile, is_ignored
from mock_custify.replay.archive.paths import REMOTE
from mock_custify.replay.errors import MissingExtraError, UnreadableArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OF_EXTRA: Final = ("s3", "s3a")
PATTERN: Final = re.compile(r"[*?\[]")


def remote_files(path: str, seen: set[str]) -> Iterator[ArchiveFile]:
    """Return the files at a URL such as s3://bucket/prefix that are not `seen`.

    Raises MissingExtraError without fsspec or the package of the store.
    """
    system, inner = store_of(path)
    try:
        names = system.glob(inner) if has_magic(inner) else [inner]
        found = {name: about for one in names for name, about in system.find(one, detail=True).items()}
    except Exception as error:  # each store has errors of its own
        raise UnreadableArchiveError(f"{path} cannot be read: {error}") from error
    if not found:
        raise UnreadableArchiveError(f"{path}: there is no such file or folder")
    given = PATTERN.split(inner)[0].rpartition("/")[0] if has_magic(inner) else inner
    for name, about in found.items():
        url = system.unstrip_protocol(name)
        if url not in seen and not any(map(is_ignored, name.removeprefix(given).split("/"))):
            seen.add(url)
            yield ArchiveFile(url, int(about.get("size") or 0), remote(system, name))


def store_of(path: str) -> tuple[Any, str]:
    """Return the store of a URL and the path in it; raise MissingExtraError or UnreadableArchiveError."""
    kind = path.partition(REMOTE)[0]
    missing = MissingExtraError(f"{kind}:// needs fsspec", "s3")
    try:
        core: Any = import_module("fsspec.core")
    except ImportError as error:
        raise missing from error
    try:
        system, inner = core.url_to_fs(path)
    except Exception as error:  # a store that is unknown, not installed, or that cannot start
        if isinstance(error, ImportError) and kind in OF_EXTRA:
            raise missing from error
        raise UnreadableArchiveError(f"{path} cannot be read: {error}") from error
    return system, inner


class RemoteFile(WrappedFile):
    """A file of an object store; whatever error the store has while it is read becomes an OSError."""

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes."""
        with errors_of_store():
            data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def errors_of_store() -> Iterator[None]:
    """Turn each error of an object store into an OSError."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def remote(system: Any, name: str) -> Callable[[], BinaryIO]:
    """Return the function that opens a file of an object store."""

    def open_remote() -> BinaryIO:
        with errors_of_store():
            return cast("BinaryIO", RemoteFile(system.open(name, "rb")))

    return open_remote
