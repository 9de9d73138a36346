"""Prints the failure reports of broken laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custify_contract.run.failure_report import failure_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from custify_contract.run.known_divergences import KnownDivergences
    from custify_contract.run.result import Result


def print_failure_reports(broken: Sequence[Result], known: KnownDivergences, console: Console) -> None:
    """Print the failure report of each broken law; it has lines that repeat the case."""
    for result in broken:
        report = failure_report(result, known[result.law.id])
        console.rule()
        console.print(report.screen(), markup=False, soft_wrap=True)
