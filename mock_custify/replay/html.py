"""The report of a replay as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_custify.replay.report import Report


def html_of(report: Report) -> str:
    """Return the report as HTML."""
    return f"<pre>{report.messages}</pre>"
