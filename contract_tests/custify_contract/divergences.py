"""Every known difference between the profiles, kept in divergences.json, and the page of them.

`python -m custify_contract.divergences > docs/divergences.md` writes the table that users read.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from custify_contract.divergence_rules import EXPLAINS, View
from custify_transformer import Destination, TransformError, transform
from custify_transformer.javascript import decode, encode

CASES: Final = Path(__file__).with_name("divergences.json")
HEAD: Final = """# Where production leaves the documentation

The profile `documented` keeps the promises of RudderStack's documentation page, `production` does what
RudderStack's own transformer does. These are all the differences that are known. Tests run every example
through both profiles, and generated messages in search of a difference that none of these explains.

"""
COLUMNS: Final = ("id", "the page", "production", "example message", "what it breaks", "likely harm")


@dataclass(frozen=True, slots=True)
class Divergence:
    """One difference: the words of its row, its example, and both outcomes of the example."""

    id: str
    page: str
    observed: str
    message: Any
    config: dict[str, Any]
    law: str
    harm: str
    documented: Any
    production: Any

    def row(self) -> str:
        """Return the row of the table."""
        cells = (
            self.id,
            self.page,
            self.observed,
            f"`{encode(self.message).decode()}`",
            self.law,
            self.harm,
        )
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


@cache
def divergences() -> list[Divergence]:
    """Return the known differences, in the order of the table."""
    return [Divergence(**fields) for fields in decode(CASES.read_bytes())]


def document() -> str:
    """Return the page of all differences."""
    rule = "|" + "---|" * len(COLUMNS)
    return HEAD + f"| {' | '.join(COLUMNS)} |\n{rule}\n" + "".join(one.row() for one in divergences())


def outcome(message: Any, config: Any, profile: str) -> dict[str, Any]:
    """Return what a profile makes of a message: its requests, and the refusal if there is one."""
    try:
        requests, refusal = transform(message, Destination.from_config(config), profile), {}
    except TransformError as error:
        requests, refusal = error.requests, {"error": error.text, "status": error.status}
    sent = [[request.endpoint.rpartition("/")[2], request.body] for request in requests]
    return {**refusal, "requests": sent}


def differences(message: Any, config: Any) -> set[str]:
    """Return where the profiles differ: "refusal", "requests", "body", or a field like "people.name"."""
    one, other = (outcome(message, config, profile) for profile in ("documented", "production"))
    if one.get("error") != other.get("error"):
        return {"refusal"}
    if [name for name, _ in one["requests"]] != [name for name, _ in other["requests"]]:
        return {"requests"}
    pairs = zip(one["requests"], other["requests"], strict=True)
    return {part for (name, mine), (_, theirs) in pairs for part in parted(name, mine, theirs)}


def parted(name: str, mine: Any, theirs: Any) -> set[str]:
    """Return the fields in which two bodies differ, or "body" when one is no object."""
    if not isinstance(theirs, dict):
        return {"body"}
    fields = (field for field in {*mine, *theirs} if spelled(mine, field) != spelled(theirs, field))
    return {f"{name}.{field}" for field in fields}


def spelled(body: dict[str, Any], field: str) -> Any:
    """Return the JSON text of a field, keys sorted, None for none."""
    if field not in body:
        return None
    value = body[field]
    return encode(dict(sorted(value.items())) if isinstance(value, dict) else value)


def unexplained(message: Any, config: Any) -> set[str]:
    """Return the differences between the profiles that no known divergence explains."""
    view = View(message, config)
    return {
        part
        for part in differences(message, config)
        if not any(rule(view, part) for rule in EXPLAINS.values())
    }


if __name__ == "__main__":
    sys.stdout.write(document())
