"""Reads the JSON files that a user names: settings, seeds, states."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from os import PathLike

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class JsonFileError(Exception):
    """A file cannot be read as JSON; the text says which one, why, and what to do."""


def read_json_file(path: str | PathLike[str]) -> bytes:
    """Return the content of a file or a pipe, without a byte order mark; raise JsonFileError."""
    try:
        kind = stat_kind(path)
        if kind == "device":
            raise JsonFileError(f"{os.fspath(path)} is a device: name a file")
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise JsonFileError(f"{os.fspath(path)} cannot be read: {reason_of(error)}") from error
    if content.startswith(UTF_16):
        raise JsonFileError(f"{os.fspath(path)} is UTF-16: save it as UTF-8")
    return content.removeprefix(BYTE_ORDER_MARK)


def stat_kind(path: str | PathLike[str]) -> str:
    """Return what a path leads to: "file", "folder", "pipe" or "device"; raise OSError."""
    mode = os.stat(path).st_mode  # noqa: PTH116 - it takes "" and names of any kind
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "pipe"


def reason_of(error: Exception) -> str:
    """Return what the system says about a file, and for a folder what to do."""
    if isinstance(error, IsADirectoryError):
        return "it is a folder: name a file"
    return getattr(error, "strerror", None) or str(error)
