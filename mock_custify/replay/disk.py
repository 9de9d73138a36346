"""Writes values to a file of this run and reads them again; they consist of what JSON has."""

from __future__ import annotations

import marshal
from typing import IO, Any, Final

LENGTH: Final = 4  # bytes before each value that say how long it is


def write_value(file: IO[bytes], value: Any) -> None:
    """Write a value where the file stands."""
    content = marshal.dumps(value)
    file.write(len(content).to_bytes(LENGTH))
    file.write(content)


def read_value(file: IO[bytes]) -> Any:
    """Return the value that begins where the file stands."""
    return marshal.loads(file.read(int.from_bytes(file.read(LENGTH))))  # noqa: S302 - this run wrote the file
