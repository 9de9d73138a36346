"""How the clock and the ids of a workspace are set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from msgspec import Meta, Struct

from mock_custify.errors import InvalidRequestError
from mock_custify.values import Moment, as_moment, read_date
from mock_custify.workspace.clock import Clock, Ids

if TYPE_CHECKING:
    from mock_custify.workspace.records import Records

# A running clock needs room before the end of the calendar, or dates made from it could not be printed.
LAST_YEAR: Final = 9000


class ClockPut(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """How to move a clock: `freeze` stops it at a date, or now if it is true; `set` starts it at a date.

    `advance` moves it by a number of seconds (a negative number moves it back), alone or after the others.
    """

    freeze: Moment | bool | None = None
    set: Moment | None = None
    advance: Annotated[float, Meta(ge=-1e11, le=1e11)] = 0.0


class SeedPut(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The seed of the next ids: the same `seed` gives the same ids in the same order."""

    seed: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


def moved(clock: Clock, change: ClockPut) -> Clock:
    """Return `clock` changed as `change` says; raise InvalidRequestError."""
    if change.freeze is not None and change.set is not None:
        raise InvalidRequestError("a clock is either frozen or set: send freeze or set, not both")
    if change.freeze is None and change.set is None and not change.advance:
        raise InvalidRequestError("a clock is moved by freeze, set or advance: send one of them")
    try:
        return within_calendar(advanced(started(clock, change), change.advance))
    except OverflowError as error:
        raise InvalidRequestError(f"the clock must stay between the years 1 and {LAST_YEAR}") from error


def started(clock: Clock, change: ClockPut) -> Clock:
    """Return the clock that `freeze` or `set` asks for, before it is advanced."""
    if change.set is not None:
        return Clock(offset=moment_of(change.set) - datetime.now(UTC))
    if change.freeze is None:
        return clock
    if isinstance(change.freeze, bool):
        return Clock(frozen=clock.now()) if change.freeze else running(clock)
    return Clock(frozen=moment_of(change.freeze))


def running(clock: Clock) -> Clock:
    """Return a clock that runs on from where `clock` stands."""
    return Clock(offset=clock.now() - datetime.now(UTC))


def advanced(clock: Clock, seconds: float) -> Clock:
    """Return `clock` moved by `seconds`."""
    step = timedelta(seconds=seconds)
    if clock.frozen is not None:
        return Clock(frozen=clock.frozen + step)
    return Clock(offset=clock.offset + step)


def within_calendar(clock: Clock) -> Clock:
    """Return `clock`; raise OverflowError when it stands too near the end of the calendar."""
    if clock.now().year > LAST_YEAR:
        raise OverflowError
    return clock


def moment_of(value: Moment) -> datetime:
    """Return a date of a request in UTC; raise InvalidRequestError or OverflowError."""
    return read_date(as_moment(value)).astimezone(UTC)


def seeded(records: Records, seed: int) -> Ids:
    """Return the ids of `seed`, from the first one that no record on hand has."""
    ids = Ids(seed=seed)
    for used in records.used_ids():
        ids.skip(used)
    return ids
