"""The ids of a run on an external Custify: each example has ids of its own."""

from __future__ import annotations

import re
import time
from math import isinf
from typing import Any, Final

USER_IDS: Final = ("userId", "anonymousId", "user_id")
IDS: Final = frozenset({*USER_IDS, "groupId", "messageId", "organization_id", "company_id", "companyId"})
EMAIL: Final = "email"
NUMBER: Final = re.compile(r"\d+(\.\d+)?")
DERIVED: Final = re.compile(r"group-[0-9a-f]{32}")  # the id of a company that a group without id creates
NUMBERS: Final = 100  # numeric ids of one example
RANGE: Final = 10**8  # numeric ids of one run


class RunIds:
    """Names the ids and emails of messages: no example meets the records of another one."""

    def __init__(self) -> None:
        self.run = f"mc{time.time_ns():x}"
        self.base = (1 + int(time.time()) % 20) * RANGE  # of the numeric ids: Custify stores int32
        self.example = 0

    @property
    def prefix(self) -> str:
        """Return the beginning of all ids of the current example."""
        return f"{self.run}-{self.example}-"

    def reset(self) -> None:
        """Start an example, with new ids."""
        self.example += 1

    def remember(self, body: Any) -> None:
        """Do nothing; a Custify remembers the records that a renamed body names."""

    def rename(self, message: Any) -> Any:
        """Return a message or a body with the prefix of this example before every id and email."""
        if isinstance(message, list):
            return [self.rename(part) for part in message]
        if not isinstance(message, dict):
            return message
        renamed = {name: self.rename_value(name, value) for name, value in message.items()}
        self.remember(renamed)
        return renamed

    def rename_value(self, name: str, value: Any) -> Any:
        """Return the value of a field with the prefix before each id in it."""
        if name == "company" and isinstance(value, dict) and "id" in value:
            return {**value, "id": self.with_prefix(value["id"])}
        if name == "traits" and isinstance(value, dict) and "id" in value:
            return self.rename({**value, "id": self.with_prefix(value["id"])})
        return self.with_prefix(value) if name in IDS or name == EMAIL else self.rename(value)

    def with_prefix(self, value: Any) -> Any:
        """Return an id with the prefix, added only once; a value that cannot be an id stays as it is.

        A number stays a number: it is moved into the range of this example, and so is a text of digits.
        """
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
            return value
        if isinstance(value, str) and NUMBER.fullmatch(value):
            return str(self.moved(float(value) if "." in value else int(value)))
        if isinstance(value, int | float):
            return value if isinf(value) else self.moved(value)
        return value if value.startswith(self.prefix) else f"{self.prefix}{value}"

    def moved(self, number: float) -> float:
        """Return a number in the range of this example, moved only once."""
        if self.base <= number < self.base + RANGE:
            return number
        moved = self.base + self.example * NUMBERS + number % NUMBERS
        return int(moved) if moved == int(moved) else moved

    def is_own(self, value: Any) -> bool:
        """Return whether a text is an id or an email of this run."""
        if not isinstance(value, str):
            return False
        return value.startswith(self.run) or (
            NUMBER.fullmatch(value) is not None and float(value) >= self.base
        )

    def is_own_record(self, value: Any) -> bool:
        """Return whether an id is of a record of this run; a group without an id has a derived one."""
        return self.is_own(value) or DERIVED.fullmatch(str(value)) is not None
