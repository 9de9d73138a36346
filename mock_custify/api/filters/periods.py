"""Days and the periods that filters name, all in UTC; weeks start on Monday. Source: docs/decisions.md."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from mock_custify.values import shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

QUARTER: Final = 3
DAY: Final = timedelta(days=1)


def day_of(moment: datetime) -> date:
    """Return the day that a moment falls on in UTC."""
    try:
        return moment.astimezone(UTC).date()
    except OverflowError:
        return moment.date()


def week(today: date) -> date:
    """Return the first day of the week of `today`."""
    return today - timedelta(days=today.weekday())


def month(today: date) -> date:
    """Return the first day of the month of `today`."""
    return today.replace(day=1)


def quarter(today: date) -> date:
    """Return the first day of the quarter of `today`."""
    return today.replace(month=(today.month - 1) // QUARTER * QUARTER + 1, day=1)


def year(today: date) -> date:
    """Return the first day of the year of `today`."""
    return today.replace(month=1, day=1)


# For each period its first day, and how many days surely lead from that into the next one.
PERIODS: Final[Mapping[str, tuple[Callable[[date], date], int]]] = {
    "week": (week, 7),
    "month": (month, 31),
    "quarter": (quarter, 95),
    "year": (year, 370),
}


def this(period: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of the period that `today` lies in."""
    start_of, leap = PERIODS[period]
    start = start_of(today)
    return start, start_of(shifted(start, timedelta(days=leap))) - DAY


def last(period: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of the period before the one that `today` lies in."""
    end = shifted(PERIODS[period][0](today), -DAY)
    return PERIODS[period][0](end), end
