"""Prints the report of a replay on one screen of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.markup import escape
from rich.table import Table

from mock_custify.replay.archive.shapes import BARE
from mock_custify.values import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from mock_custify.replay.report import Records, Report, UnknownPerson

SHOWN: Final = 5
MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 24 * HOUR


def print_report(report: Report, console: Console) -> None:
    """Print the report; the longer lists are cut, the HTML and JSON reports have all."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, text in lines_of(report):
        table.add_row(name, escape(printable(text)))
    console.print(table)


def printable(text: str) -> str:
    """Return a text without half surrogate pairs, which no terminal can show."""
    return text.encode("utf-8", "replace").decode()


def lines_of(report: Report) -> Iterable[tuple[str, str]]:
    """Return the lines of the report as (name, text)."""
    yield "profile", report.profile
    yield "read", archive_line(report)
    for one in report.problems[:SHOWN]:
        yield "", f"{one.file}{f':{one.line}' if one.line else ''} {one.reason}"
    yield "messages", f"{report.delivered:,} delivered, {report.refused:,} refused, {ignored(report)}"
    yield from ranked("", [(one.count, hinted(one.reason, one.hint)) for one in report.refusals])
    if text := by_type(report):
        yield "by type", text
    kinds = ", ".join(f"{count:,} to /{path}" for path, count in report.calls_by_kind.items())
    yield "calls", f"{report.calls:,} ({kinds})"
    yield "time", time_line(report)
    created, updated = report.created, report.updated
    yield "created", records_line(created)
    yield "updated", records_line(updated)
    yield "associations", association_line(report)
    yield from finding_lines(report)
    yield from difference_lines(report)


def hinted(reason: str, hint: str) -> str:
    """Return a reason, and on a line below it what to do."""
    return f"{reason}\nhint: {hint}" if hint else reason


def ignored(report: Report) -> str:
    """Return how many messages are ignored, with their types: "65 ignored: 60 page, 5 screen"."""
    counts = [(-words["ignored"], kind) for kind, words in report.types.items() if words["ignored"]]
    shown = [f"{-count:,} {kind or 'without a type'}" for count, kind in sorted(counts)]
    types = f": {', '.join(shown[:SHOWN])}{', ...' if len(shown) > SHOWN else ''}" if shown else ""
    return f"{report.ignored:,} ignored{types}"


def by_type(report: Report) -> str:
    """Return what becomes of the messages of each supported type: "group 2 delivered, 1 refused"."""
    found = [
        f"{kind} {words['delivered']:,} delivered, {words['refused']:,} refused"
        for kind, words in report.types.items()
        if words["delivered"] or words["refused"]
    ]
    return "; ".join(found)


def association_line(report: Report) -> str:
    """Return the added and removed links, with the rows of the association table that have some."""
    text = f"{report.linked:,} added, {report.unlinked:,} removed"
    words = [
        (f"{one.row} {count:,} {word}", count)
        for one in report.association_rows
        for word, count in (("added", one.added), ("removed", one.removed))
    ]
    rows = [word for word, count in words if count]
    return f"{text}\nexisting person-company: {', '.join(rows)}" if rows else text


def finding_lines(report: Report) -> Iterable[tuple[str, str]]:
    """Return what somebody should look at before sending the messages."""
    new = [one for one in report.custom_fields if one.is_new]
    conflicts = [f"{one.kind}.{one.name}" for one in report.custom_fields if one.conflicts]
    unknown = [unknown_line(one) for one in report.unknown_people]
    if unknown:
        yield "unknown", ", ".join(unknown)
    beyond = sum(one.count for one in report.beyond_limits)
    if beyond:
        yield (
            "above limits",
            f"{counted(beyond, 'message')} refused for {counted(len(report.beyond_limits), 'limit')}",
        )
    yield "fields", f"{len(new):,} new, {len(conflicts):,} with values of several types {listed(conflicts)}"
    personal = [f"{one.kind}.{one.name}: {one.count:,} x {one.looks_like}" for one in report.personal_data]
    yield (
        "personal data",
        f"{counted(len(personal), 'field')} {listed(personal)}" if personal else "none seen",
    )
    yield (
        "races",
        f"{len(report.races):,} {listed([f'{one.company_id}.{one.field}' for one in report.races])}",
    )
    yield (
        "duplicates",
        f"{counted(report.duplicates, 'message')} repeat{'s' * (report.duplicates == 1)} a messageId",
    )
    if report.left_out:
        leave = f"{counted(report.left_out, 'message')} leave{'s' * (report.left_out == 1)} Custify out"
        yield "integrations", f"{leave}: RudderStack holds them back, the other numbers count them"
    yield "divergences", f"{len(report.divergences):,} between documented and production"
    yield from ranked("", [(one.count, one.id) for one in report.divergences])


def unknown_line(one: UnknownPerson) -> str:
    """Return how many events name a person or a company that Custify does not have."""
    return f"{counted(one.count, 'event')} of unknown {'people' if one.names == 'person' else 'companies'}"


def archive_line(report: Report) -> str:
    """Return what was read."""
    archive = report.archive
    layouts = ", ".join(
        counted(count, "message") if name == BARE else f"{count:,} in the layout {name}"
        for name, count in archive.layouts.items()
    )
    rebuilt = f", {archive.rebuilt:,} rebuilt from tables" if archive.rebuilt else ""
    unreadable = f", {report.unreadable:,} unreadable" if report.unreadable else ""
    messages, files = counted(report.messages, "message"), counted(archive.files, "file")
    return f"{messages} in {files} ({layouts}){rebuilt}{unreadable}"


def records_line(records: Records) -> str:
    """Return how many people and companies there are."""
    return (
        f"{counted(records.people, 'person', 'people')}, {counted(records.companies, 'company', 'companies')}"
    )


def time_line(report: Report) -> str:
    """Return how long the calls take at the rate limit."""
    rate = report.rate
    calls = counted(rate.requests, "call")
    return (
        f"{duration(report.seconds_at_rate)} at {calls} in {duration(rate.seconds)}, "
        f"{duration(report.seconds_with_margin)} when {rate.margin:.0%} are left to live traffic"
    )


def duration(seconds: float) -> str:
    """Return a time as people say it."""
    if seconds < 2 * MINUTE:
        return f"{seconds:g} second{'' if seconds == 1 else 's'}"
    if seconds < 2 * HOUR:
        return f"{seconds / MINUTE:.3g} minutes"
    return f"{seconds / HOUR:.1f} hours" if seconds < 2 * DAY else f"{seconds / DAY:.1f} days"


def ranked(name: str, found: list[tuple[int, str]]) -> Iterable[tuple[str, str]]:
    """Return the most frequent of what was found, and how many more; only the first line has the name."""
    texts = [f"{count:,} x {text}" if count else text for count, text in found[:SHOWN]]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    yield from ((name if not number else "", text) for number, text in enumerate([*texts, *more]))


def listed(names: list[str]) -> str:
    """Return some names, shortened."""
    shown = ", ".join(names[:SHOWN])
    return f"({shown}{', ...' if len(names) > SHOWN else ''})" if names else ""


def difference_lines(report: Report) -> Iterable[tuple[str, str]]:
    """Return what the what-if makes different."""
    if not report.difference or not report.what_if:
        return
    yield "what if", report.what_if
    for kind, words in report.to_json_difference().items():
        yield f"  {kind}", ", ".join(f"{count:,} {word}" for word, count in words.items())
    yield from ranked("  causes", [(one.messages, one.cause) for one in report.causes or ()])
