"""The tables of laws and of results that `mock-custify contract` prints, and the summary in one line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custify_contract.law import Law
    from custify_contract.run.known_divergences import KnownDivergences
    from custify_contract.run.result import Result

COLORS: Final = {"holds": "green", "broken": "red", "not visible": "yellow", "not tried": "red"}


def law_table(laws: Sequence[Law]) -> Table:
    """Return the table of laws without results."""
    table = Table("law", "level", "section", "source", box=None, pad_edge=False)
    for law in laws:
        table.add_row(law.id, law.level, law.section, Text(law.source))
    return table


def result_table(results: Sequence[Result], known: KnownDivergences | None) -> Table:
    """Return the table of results; with a column for known divergences if `known` is given."""
    columns = ("law", "source", "examples", "outcome", *(("divergence",) if known is not None else ()))
    table = Table(*columns, box=None, pad_edge=False)
    for result in results:
        outcome = Text(result.outcome, COLORS[result.outcome])
        names = [] if known is None else [", ".join(one.id for one in known.get(result.law.id, ()))]
        table.add_row(result.law.id, Text(result.law.source), str(result.tried), outcome, *names)
    return table


def summary(results: Sequence[Result], known: KnownDivergences) -> str:
    """Return how many laws hold, are broken, are not visible, and were not tried."""
    count: Counter[str] = Counter(result.outcome for result in results)
    explained = sum(map(bool, known.values()))
    parts = {
        "broken": f"{count['broken']} broken, {explained} of them by known divergences",
        "not visible": f"{count['not visible']} are not visible in this Custify",
        "not tried": f"{count['not tried']} were not tried",
    }
    return "; ".join(
        [
            f"{count['holds']} of {len(results)} laws hold",
            *(text for name, text in parts.items() if count[name]),
        ]
    )
