"""The page docs/divergences.md, made of the table of known divergences."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.divergences.table import divergences

if TYPE_CHECKING:
    from custify_transformer.divergences.table import Divergence

HEAD: Final = """# Where production differs from the documentation

The profile `documented` does what RudderStack's documentation page says. The profile `production` does what
RudderStack's own transformer does. This table lists all known differences. The column "what it breaks" names
the part of the page, or the rule in [decisions.md](decisions.md), that production does not follow. Tests run
every example with both profiles, and search with generated messages for differences that no row explains.

"""
COLUMNS: Final = ("id", "the page", "production", "example message", "what it breaks", "likely harm")


def document() -> str:
    """Return the page in Markdown."""
    rule = "|" + "---|" * len(COLUMNS)
    return HEAD + f"| {' | '.join(COLUMNS)} |\n{rule}\n" + "".join(map(row, divergences()))


def row(one: Divergence) -> str:
    """Return the row of a divergence."""
    cells = (one.id, one.page, one.observed, example(one), one.law, one.harm)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def example(one: Divergence) -> str:
    """Return the message of a divergence, and its settings if the message alone does not show it."""
    message = f"`{json_text(one.message)}`"
    return (
        message if one.config == {"apiKey": "k"} else f"{message} with the settings `{json_text(one.config)}`"
    )


def json_text(value: Any) -> str:
    """Return JSON that can be sent again: a number that is too large for JavaScript stays one."""
    return dumps(value, separators=(",", ":"), ensure_ascii=False).replace("Infinity", "1e400")
