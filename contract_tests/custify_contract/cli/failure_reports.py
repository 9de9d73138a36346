"""Prints the failure reports of broken laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custify_contract.run.failure_report import failure_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from custify_contract.run.known_divergences import KnownDivergences
    from custify_contract.run.result import Result


MOST: Final = 3


def print_failure_reports(
    broken: Sequence[Result], known: KnownDivergences, console: Console, *, named: bool
) -> None:
    """Print the failure reports of the first broken laws; each has lines that repeat the case.

    A law with a known divergence gets a report only if its laws were `named` by the user.
    """
    shown = [one for one in broken if named or not known[one.law.id]][:MOST]
    for result in shown:
        report = failure_report(result, known[result.law.id])
        console.rule()
        console.print(report.screen(), markup=False, soft_wrap=True)
    if left := len(broken) - len(shown):
        console.print(
            f"Failure reports that are not printed: {left}. --law ID prints the report of a law,"
            " --report FILE.html writes all.",
            soft_wrap=True,
        )
