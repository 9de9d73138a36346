"""Prints the failure reports of broken laws, and writes their messages to files for `mock-custify send`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from custify_contract.run.failure_report import failure_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from custify_contract.run.known_divergences import KnownDivergences
    from custify_contract.run.result import Result


def print_failure_reports(broken: Sequence[Result], known: KnownDivergences, console: Console) -> None:
    """Print the failure report of each broken law, and the path of its file for `mock-custify send`."""
    folder = Path(tempfile.mkdtemp(prefix="mock-custify-")) if broken else Path()
    for result in broken:
        report = failure_report(result, known[result.law.id])
        console.rule()
        console.print(report.text(), markup=False, soft_wrap=True)
        if report.trial.case.messages:
            path = folder / f"{result.law.id}.jsonl"
            path.write_text(report.repeat.file(), encoding="utf-8")
            console.print(f"\nfile for mock-custify send: {path}", markup=False, soft_wrap=True)
