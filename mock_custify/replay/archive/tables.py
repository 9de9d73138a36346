"""Reads the rows of tables that are no JSON: Parquet files and CSV files with a head."""

from __future__ import annotations

import csv
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import msgspec

from custify_transformer.javascript import NotJsonError, decode
from mock_custify.replay.archive.lines import BadLine, lines_of
from mock_custify.replay.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

    from mock_custify.replay.archive.lines import Numbered

ROWS: Final = 1000  # that are in memory
KNOWN_COLUMNS: Final = frozenset({"id", "user_id", "anonymous_id", "received_at", "sent_at", "event"})


def rows_of_parquet(file: BufferedReader) -> Iterator[Numbered]:
    """Return (number, row) for each row of a Parquet file; raise MissingExtraError without pyarrow."""
    try:
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow", "parquet") from error
    number = 0
    try:
        for batch in parquet.ParquetFile(file).iter_batches(batch_size=ROWS):
            for row in batch.to_pylist():
                number += 1
                yield number, plain(row)
    except (OSError, ValueError) as error:
        yield number, BadLine(f"the Parquet file is damaged: {error}")


def plain(row: dict[str, Any]) -> Any:
    """Return a row as JSON has it: dates as text, bytes as text."""
    return msgspec.json.decode(msgspec.json.encode(row))


def rows_of_csv(chunks: Iterable[bytes]) -> Iterator[Numbered]:
    """Return (number, row) for each row of a CSV file whose first line names the columns.

    RudderStack writes its load files without that line: they cannot be read, for the columns are unknown.
    """
    lines = (
        (number, "" if isinstance(line, BadLine) else line.decode("utf-8", "replace"))
        for number, line in lines_of(chunks)
    )
    first = next(lines, (1, ""))[1]
    head = next(csv.reader([first]), [])
    if not KNOWN_COLUMNS & {name.lower() for name in head}:
        yield 1, BadLine("is CSV without a line that names the columns: add one, or use the JSON load files")
        return
    numbers: list[int] = [1]
    for values in csv.reader(texts_of(lines, numbers)):
        if values:
            yield numbers[0], row_of(head, values)


def texts_of(lines: Iterable[tuple[int, str]], numbers: list[int]) -> Iterator[str]:
    """Return the texts of lines, and note the number of the last one."""
    for number, text in lines:
        numbers[0] = number
        yield f"{text}\n"


def row_of(head: list[str], values: list[str]) -> Any:
    """Return a row of a CSV file; an empty cell holds nothing."""
    if len(values) != len(head):
        return BadLine(f"has {len(values)} columns, the first line names {len(head)}")
    return {name: cell(value) for name, value in zip(head, values, strict=True) if value != ""}


def cell(text: str) -> Any:
    """Return the value of a cell: true, false and numbers are such, everything else is text."""
    try:
        value = decode(text)
    except NotJsonError:
        return text
    return value if isinstance(value, bool | int | float) and str(value).lower() == text.lower() else text
