"""The findings that `mock-custify replay --fail-on` can fail on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from mock_custify.replay.report import Report

FINDINGS: Final = ("refused", "divergence", "difference", "race", "unreadable")


def findings_of(_context: click.Context, _parameter: click.Parameter, value: str | None) -> frozenset[str]:
    """Return the findings that a run may fail on; raise UsageError for an unknown one."""
    names = frozenset(filter(None, (name.strip() for name in (value or "").split(","))))
    if value is not None and not names:
        raise click.UsageError(f"--fail-on must not be empty: choose from {', '.join(FINDINGS)}")
    if unknown := sorted(names - set(FINDINGS)):
        raise click.UsageError(f"--fail-on: there is no {unknown[0]!r}: choose from {', '.join(FINDINGS)}")
    return names


def found_in(report: Report) -> set[str]:
    """Return the findings of a report that a run may fail on."""
    counts = report.to_json_difference()
    found = {
        "refused": report.refused,
        "divergence": len(report.divergences),
        "difference": sum(sum(words.values()) for words in counts.values()),
        "race": len(report.races),
        "unreadable": report.unreadable,
    }
    return {name for name, count in found.items() if count}
