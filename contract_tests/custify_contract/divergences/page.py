"""The page docs/divergences.md, made of the table of known divergences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custify_transformer.divergences.table import divergences
from custify_transformer.javascript import encode

if TYPE_CHECKING:
    from custify_transformer.divergences.table import Divergence

HEAD: Final = """# Where production differs from the documentation

The profile `documented` does what RudderStack's documentation page says. The profile `production` does what
RudderStack's own transformer does. This table lists all known differences. Tests run every example with
both profiles, and search with generated messages for differences that no row explains.

"""
COLUMNS: Final = ("id", "the page", "production", "example message", "what it breaks", "likely harm")


def document() -> str:
    """Return the page in Markdown."""
    rule = "|" + "---|" * len(COLUMNS)
    return HEAD + f"| {' | '.join(COLUMNS)} |\n{rule}\n" + "".join(map(row, divergences()))


def row(one: Divergence) -> str:
    """Return the row of a divergence."""
    message = f"`{encode(one.message).decode()}`"
    cells = (one.id, one.page, one.observed, message, one.law, one.harm)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
