"""What `mock-custify contract` prints of laws and their verdicts, but for the stories of broken ones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custify_contract.law import Law
    from custify_contract.report import Causes
    from custify_contract.runner import Result

COLORS: Final = {"holds": "green", "broken": "red", "not visible": "yellow", "not tried": "red"}


def listing(laws: Sequence[Law]) -> Table:
    """Return the table of laws without results."""
    shown = Table("law", "level", "section", "source", box=None, pad_edge=False)
    for law in laws:
        shown.add_row(law.id, law.level, law.section, Text(law.source))
    return shown


def table(results: Sequence[Result], causes: Causes | None) -> Table:
    """Return the table of results, with the divergences that explain broken laws when they are given."""
    columns = ("law", "source", "examples", "verdict", *(("divergence",) if causes is not None else ()))
    shown = Table(*columns, box=None, pad_edge=False)
    for result in results:
        verdict = Text(result.verdict, COLORS[result.verdict])
        known = [] if causes is None else [", ".join(cause.id for cause in causes.get(result.law.id, ()))]
        shown.add_row(result.law.id, Text(result.law.source), str(result.tried), verdict, *known)
    return shown


def summary(results: Sequence[Result], causes: Causes) -> str:
    """Return how many laws hold, are broken, by known divergences or not, and cannot be seen."""
    count = Counter(result.verdict for result in results)
    known = sum(map(bool, causes.values()))
    broken = f"; {count['broken']} broken, {known} of them by known divergences"
    hidden = f"; {count['not visible']} cannot be seen from here"
    left = f"; {count['not tried']} were not tried"
    return (
        f"{count['holds']} of {len(results)} laws hold"
        f"{broken if count['broken'] else ''}{hidden if count['not visible'] else ''}"
        f"{left if count['not tried'] else ''}"
    )
