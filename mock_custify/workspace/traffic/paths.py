"""Patterns over request paths, as fault rules and journal filters use them."""

from __future__ import annotations

import re


def path_pattern(text: str) -> re.Pattern[str]:
    """Return the expression of a path pattern: `*` is any text, `{name}` one segment that is not empty."""
    parts = re.split(r"(\*|\{\w*\})", text)
    return re.compile("".join(part_expression(part) for part in parts), re.DOTALL)


def part_expression(part: str) -> str:
    """Return the expression of one part of a path pattern."""
    if part == "*":
        return ".*"
    return "[^/]+" if re.fullmatch(r"\{\w*\}", part) else re.escape(part)
