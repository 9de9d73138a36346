"""The type that Custify gives a custom attribute by its first value. Source: vendor's description, 4.1."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
TIME: Final = r"\d\d:\d\d:\d\d"
ZONE: Final = r"(Z|[+-]\d\d:?\d\d)"
DATE: Final = re.compile(
    rf"\d{{4}}-\d\d-\d\d( \d\d:\d\d| {TIME}|T{TIME}|T{TIME}\.\d{{3}}|T{TIME}(\.\d{{3}}|\.\d{{6}})?{ZONE})?"
)


def field_type(value: Any, name: str = "") -> str:
    """Return the type of the custom field `name` for its first value: Date, Number, Boolean, else String."""
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, (int, float)):
        return "Number"
    if is_date(value):
        return "Date"
    if NUMBER.fullmatch(value):
        return "Number"
    if value.lower() in {"true", "false"}:
        return "Boolean"
    return "Date" if name.endswith("_at") else "String"


def is_date(text: str) -> bool:
    """Return whether a text is a date of the calendar, in one of the forms that Custify reads."""
    try:
        return bool(DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False
