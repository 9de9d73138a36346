"""What the path of a file says: its layout, its table, and its place in the order of reading."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import Final

from mock_custify.replay.archive.shapes import ARCHIVE, BARE, DESTINATION, SEGMENT
from mock_custify.replay.archive.warehouse import KINDS, OWN_TABLES
from mock_custify.values import iso

DIGITS: Final = re.compile(r"(\d+)")
ARCHIVED: Final = re.compile(r"(?:^|/)gw/\d{4}-\d{2}-\d{2}/\d{1,2}/[^/]+/(\d{9,13})_(\d{9,13})_[^/]*$")
OBJECT: Final = re.compile(r"(?:^|/)rudder-logs/")
SEGMENT_LOGS: Final = re.compile(r"(?:^|/)segment-logs/")
STAGED: Final = re.compile(r"(?:^|/)rudder-warehouse-staging-logs/")
LAKE: Final = re.compile(r"(?:^|/)rudder-datalake/[^/]+/([^/]+)/")
LOADED: Final = re.compile(r"(?:^|/)rudder-warehouse-load-objects/(.+)$")
AMERICAN: Final = re.compile(r"(\d{2})-(\d{2})-(\d{4})(?!\d)")  # the prefix before it may end in a digit
UPLOADED: Final = re.compile(r"(?:^|/)(\d{9,13})(?:\.[^/]*|/[^/]+)$")  # 1767344400.source.uuid.json.gz
DATED: Final = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:/(\d{1,2})(?=/))?")
SUFFIX: Final = re.compile(r"_v\d+$|_\d{8,}$")
REMOTE: Final = "://"
NO_TABLE: Final = re.compile(r"^\d+$|^[0-9a-f]{8}-|^\d{4}-\d{2}-\d{2}|=")


def posix(path: str) -> str:
    """Return a path with slashes, and from the root: the folders above the given one say what it is."""
    return path if REMOTE in path else os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 - text


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
    found = LOADED.search(posix(path))
    return loaded_table(found[1].lower()) if found else ""


def loaded_table(path: str) -> str:
    """Return the table of a load file: a folder or a part of the name says it, else the first folder does."""
    *folders, name = path.split("/")
    named = [part for part in folders if not NO_TABLE.search(part)]
    words = name.split(".")
    known = [word for word in (*named, *words) if word in KINDS or word in OWN_TABLES]
    return [*known, *named, *words][0]


def order_of(path: str) -> tuple[tuple[int, int | str], ...]:
    """Return what puts paths into the order of time: numbers count as numbers, dates by their year first."""
    dated = AMERICAN.sub(r"\3-\1-\2", posix(path))
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in DIGITS.split(dated) if part)


def start_of(path: str) -> str:
    """Return when the first message of a file of the event archive came in, "" for other files."""
    found = ARCHIVED.search(posix(path))
    return moment(found[1]) if found else ""


def time_of(path: str) -> str:
    """Return the time that a path names, for messages that say none; "" when it names none.

    It is the Unix time of the upload or of the day, or a date, perhaps with an hour.
    """
    name = posix(path)
    if found := UPLOADED.search(name):
        return moment(found[1])
    dates = DATED.findall(AMERICAN.sub(r"\3-\1-\2", name))
    if not dates:
        return ""
    year, _, month, day, hour = dates[-1]
    return f"{year}-{month:0>2}-{day:0>2}T{hour or '0':0>2}:00:00.000Z"


def moment(seconds: str) -> str:
    """Return the moment of a Unix time, which may have milliseconds."""
    number = int(seconds)
    return iso(datetime.fromtimestamp(number if len(seconds) < 12 else number / 1000, UTC))  # noqa: PLR2004 - milliseconds have 13 digits
