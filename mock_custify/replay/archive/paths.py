"""What the path of a file says: its layout, its table, and its place in the order of reading."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import Final

from mock_custify.replay.archive.shapes import ARCHIVE, BARE, DESTINATION, SEGMENT
from mock_custify.values import iso

DIGITS: Final = re.compile(r"(\d+)")
ARCHIVED: Final = re.compile(r"(?:^|/)gw/\d{4}-\d{2}-\d{2}/\d{1,2}/[^/]+/(\d{9,13})_(\d{9,13})_[^/]*$")
OBJECT: Final = re.compile(r"(?:^|/)rudder-logs/")
SEGMENT_LOGS: Final = re.compile(r"(?:^|/)segment-logs/")
STAGED: Final = re.compile(r"(?:^|/)rudder-warehouse-staging-logs/")
LAKE: Final = re.compile(r"(?:^|/)rudder-datalake/[^/]+/([^/]+)/")
LOADED: Final = re.compile(r"(?:^|/)rudder-warehouse-load-objects/(.+)/[^/]+$")
AMERICAN: Final = re.compile(r"(?<!\d)(\d{2})-(\d{2})-(\d{4})(?!\d)")
SUFFIX: Final = re.compile(r"_v\d+$|_\d{8,}$")
NO_TABLE: Final = re.compile(r"^\d+$|^[0-9a-f]{8}-|^\d{4}-\d{2}-\d{2}|=")


def posix(path: str) -> str:
    """Return a path with slashes, also on Windows."""
    return path.replace(os.sep, "/")


def layout_of(path: str) -> str:
    """Return what bare messages of a file are, by its path."""
    if ARCHIVED.search(posix(path)):
        return ARCHIVE
    if OBJECT.search(posix(path)):
        return DESTINATION
    return SEGMENT if SEGMENT_LOGS.search(posix(path)) else BARE


def table_of(path: str) -> str:
    """Return the warehouse table whose rows a file holds, "" when the path names none."""
    if found := LAKE.search(posix(path)):
        return SUFFIX.sub("", found[1].lower())
    if found := LOADED.search(posix(path)):
        parts = [part for part in found[1].split("/") if not NO_TABLE.search(part)]
        return parts[0].lower() if parts else ""
    return ""


def order_of(path: str) -> tuple[tuple[int, int | str], ...]:
    """Return what puts paths into the order of time: numbers count as numbers, dates by their year first."""
    dated = AMERICAN.sub(r"\3-\1-\2", posix(path))
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in DIGITS.split(dated) if part)


def start_of(path: str) -> str:
    """Return when the first message of a file of the event archive came in, "" for other files."""
    found = ARCHIVED.search(posix(path))
    if found is None:
        return ""
    seconds = int(found[1])
    return iso(datetime.fromtimestamp(seconds if len(found[1]) < 12 else seconds / 1000, UTC))  # noqa: PLR2004 - milliseconds have 13 digits
