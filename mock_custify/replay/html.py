"""The report of a replay as one HTML file: no scripts, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment
from markupsafe import Markup

from mock_custify.replay.charts import COLOURS, hours, ranking, volume
from mock_custify.replay.report import indented
from mock_custify.replay.terminal import duration
from mock_custify.values import counted

if TYPE_CHECKING:
    from mock_custify.replay.report import Report

TEMPLATE: Final = Path(__file__).with_name("report.html")
STYLE: Final = Path(__file__).parents[1] / "dashboard" / "assets" / "style.css"
MOST_ROWS: Final = 200  # of a table
LONGEST: Final = 4000  # characters of an example
HOUR: Final = 3600


def html_of(report: Report) -> str:
    """Return the report as HTML."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"number": number, "pretty": pretty, "duration": duration, "last_part": last_part}
    environment.globals["most"] = MOST_ROWS
    environment.filters["counted"] = counted
    rate = report.rate
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        report=report,
        difference=report.to_json_difference(),
        causes=report.causes or (),
        style=Markup(STYLE.read_text(encoding="utf-8")),  # noqa: S704 - our own file
        colours=list(enumerate(COLOURS)),
        volume=volume(report.archive.days),
        refusals=ranking("Refusals by reason", ((one.reason, one.count) for one in report.refusals)),
        hours=hours(report.calls_by_day, rate.requests / rate.seconds * HOUR),
        conflicts=[one for one in report.custom_fields if one.conflicts],
    )


def number(value: float) -> str:
    """Return a number with separators."""
    return f"{value:,}"


def last_part(path: str) -> str:
    """Return the name of a file without its folders, which fill a column."""
    return path.rpartition("/")[2]


def pretty(value: Any) -> str:
    """Return a value as JSON that people can read, shortened."""
    text = indented(value).decode("utf-8", "replace")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
