"""The tables of laws and of results that `mock-custify contract` prints, and the summary in one line."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Final, TypeVar

from rich.table import Column, Table
from rich.text import Text

from mock_custify.cli.workspace_tree import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custify_contract.law import Law
    from custify_contract.run.known_divergences import KnownDivergences
    from custify_contract.run.result import Result

T = TypeVar("T")
ORDER: Final = ("broken", "not tried", "not visible", "holds")
WIDTH, INDENT = 100, "  "
SCREEN: Final = 40  # results that are printed one by one; of more, only the broken ones are
COLORS: Final = {"holds": "green", "broken": "red", "not visible": "yellow", "not tried": "red"}


def law_table(laws: Sequence[Law]) -> Table:
    """Return the table of laws without results, one line for each, grouped by the beginning of their ids."""
    names = whole("law", [law.id for law in laws])
    table = Table(names, "level", one_line("source"), box=None, pad_edge=False, expand=True)
    for group in grouped(laws, lambda law: law.id):
        for law in group:
            table.add_row(law.id, law.level, Text(law.source))
        table.add_section()
    return table


def result_table(results: Sequence[Result], known: KnownDivergences | None) -> Table:
    """Return the table of results, broken laws first, then grouped by their ids.

    It has one line for each law. If there are many, laws that are not broken share a line for each subject.
    It has a column for known divergences if `known` is given.
    """
    outcomes = whole("outcome", [result.outcome for result in results])
    laws = whole("law", [result.law.id for result in results])
    divergence = (
        [] if known is None else [Column("divergence", max_width=40, no_wrap=True, overflow="ellipsis")]
    )
    table = Table(
        outcomes, laws, whole("examples", []), *divergence, one_line("source"), box=None, pad_edge=False
    )
    table.expand = True
    ordered = sorted(results, key=lambda result: ORDER.index(result.outcome))
    short = [result for result in ordered if result.outcome != "broken"] if len(results) > SCREEN else []
    for group in grouped(ordered[: len(ordered) - len(short)], lambda one: f"{one.outcome}.{one.law.id}"):
        for result in group:
            names = [] if known is None else [", ".join(one.id for one in known.get(result.law.id, ()))]
            table.add_row(
                outcome_of(result), result.law.id, str(result.tried), *names, Text(result.law.source)
            )
        table.add_section()
    for group in grouped(short, lambda one: f"{one.outcome} {one.law.id.partition('.')[0]}."):
        table.add_row(*group_row(group, known))
    return table


def rule_lines(results: Sequence[Result]) -> list[str]:
    """Return how often the rules of a state machine ran: each rule for few laws, else one line."""
    few = len(results) <= SCREEN
    return [line for one in results if one.rules for line in lines_of_rules(one, all_rules=few)]


def lines_of_rules(result: Result, *, all_rules: bool) -> list[str]:
    """Return how often the rules of a law ran, the rarest first."""
    rarest = sorted(result.rules.items(), key=lambda rule: rule[1])
    total, number = sum(result.rules.values()), counted(len(rarest), "rules", "rule")
    if not all_rules:
        name, times = rarest[0]
        often = counted(times, "times", "time")
        return [f"{result.law.id} ran {number} {total:,} times, the rarest ({name}) {often}"]
    parts = [f"{name} {times}" for name, times in rarest]
    return [
        f"{result.law.id} ran {number} {total:,} times:",
        *wrap(", ".join(parts), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT),
    ]


def group_row(group: Sequence[Result], known: KnownDivergences | None) -> list[str | Text]:
    """Return one line for laws with the same outcome."""
    beginning = group[0].law.id.partition(".")[0]
    number = counted(len(group), "laws", "law")
    return [
        outcome_of(group[0]),
        f"{beginning}.*",
        str(group[0].tried),
        *([] if known is None else [""]),
        number,
    ]


def outcome_of(result: Result) -> Text:
    """Return the outcome in its colour."""
    return Text(result.outcome, COLORS[result.outcome])


def whole(title: str, texts: Sequence[str]) -> Column:
    """Return a column that is as wide as its longest text."""
    return Column(title, no_wrap=True, min_width=max(map(len, (title, *texts))))


def one_line(title: str) -> Column:
    """Return a column whose texts are cut, not wrapped."""
    return Column(title, no_wrap=True, overflow="ellipsis", ratio=1)


def grouped(rows: Sequence[T], id_of: Callable[[T], str]) -> list[list[T]]:
    """Return the rows in groups, in the order in which the beginnings of their ids come first."""
    groups: dict[str, list[T]] = {}
    for row in rows:
        groups.setdefault(id_of(row).rpartition(".")[0], []).append(row)
    return list(groups.values())


def summary(results: Sequence[Result], known: KnownDivergences) -> str:
    """Return how many laws hold, are broken, are not visible, and were not tried."""
    count: Counter[str] = Counter(result.outcome for result in results)
    explained = sum(map(bool, known.values()))
    parts = {
        "broken": f"{count['broken']} broken, {explained} of them by known divergences",
        "not visible": f"{counted(count['not visible'], 'are', 'is')} not visible in this Custify",
        "not tried": f"{counted(count['not tried'], 'were', 'was')} not tried",
    }
    return "; ".join(
        [
            f"{count['holds']} of {len(results)} laws hold",
            *(text for name, text in parts.items() if count[name]),
        ]
    )
