"""Reads the rows of Parquet files."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mock_custify.replay.archive.lines import BadLine
from mock_custify.replay.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from mock_custify.replay.archive.lines import Numbered

ROWS: Final = 1000  # that are in memory
UTC: Final = "+00:00"  # of a time that names no zone, as Custify reads it only with one
ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def rows_of_parquet(file: BufferedReader) -> Iterator[Numbered]:
    """Return (number, row) for each row of a Parquet file; raise MissingExtraError without pyarrow."""
    try:
        arrow: Any = import_module("pyarrow")
        import_module("pyarrow.compute")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow", "parquet") from error
    number = 0
    try:
        for batch in parquet.ParquetFile(file).iter_batches(batch_size=ROWS):
            for row in with_python_values(arrow, batch).to_pylist():
                number += 1
                yield number, plain(row)
    except (OSError, ValueError, NotImplementedError, TypeError) as error:
        yield number, BadLine(f"the Parquet file is damaged: {error}")


def with_python_values(arrow: Any, batch: Any) -> Any:
    """Return rows without what Python or JSON cannot hold: nanoseconds are cut off, bytes become text."""
    columns = [readable(arrow, column) for column in batch.columns]
    return arrow.RecordBatch.from_arrays(columns, names=batch.schema.names)


def readable(arrow: Any, column: Any) -> Any:
    """Return a column with values that Python and JSON have; bytes that are no text stay as they are."""
    kind = readable_kind(arrow, column.type)
    options = arrow.compute.CastOptions(target_type=kind, allow_time_truncate=True)
    try:
        return column if kind == column.type else column.cast(options=options)
    except arrow.ArrowException:
        return column


def readable_kind(arrow: Any, kind: Any) -> Any:
    """Return the type of values that Python has for an Arrow type, also inside lists and objects."""
    types = arrow.types
    if types.is_timestamp(kind):
        return arrow.timestamp("us" if kind.unit == "ns" else kind.unit, kind.tz or UTC)
    if types.is_duration(kind) or types.is_time64(kind):
        return (arrow.duration if types.is_duration(kind) else arrow.time64)("us")
    if types.is_binary(kind) or types.is_large_binary(kind):
        return arrow.string()
    if types.is_struct(kind):
        return arrow.struct([(part.name, readable_kind(arrow, part.type)) for part in kind])
    return arrow.list_(readable_kind(arrow, kind.value_type)) if types.is_list(kind) else kind


def plain(row: dict[str, Any]) -> Any:
    """Return a row as JSON has it: dates as text, decimals as numbers, other bytes in base64."""
    return msgspec.json.decode(ENCODER.encode(row))
