"""The charts of the HTML report, as inline SVG in the colours of the dashboard."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 220, 56, 26, 12
MOST_BARS: Final = 93
SHOWN: Final = 12
ROW: Final = 26
LABELS: Final = 8
YEAR: Final = len("2026")
LENGTHS: Final = (len("2026-01-31"), len("2026-01"), YEAR, 3, 2)
COLOURS: Final = ("accent", "good", "warn", "name", "bad", "number", "quiet")


def volume(days: Mapping[str, Mapping[str, int]]) -> Markup:
    """Return the messages of each day, or of each month when there are many days, stacked by type."""
    bins = binned(days)
    totals: dict[str, int] = {}
    for counts in bins.values():
        for kind, count in counts.items():
            totals[kind] = totals.get(kind, 0) + count
    kinds = sorted(totals, key=lambda kind: (-totals[kind], kind))[: len(COLOURS)]
    stacks = [[counts.get(kind, 0) for kind in kinds] for counts in bins.values()]
    return stacked("Messages by day and type", list(bins), stacks, kinds)


def hours(calls: Mapping[str, int], calls_in_an_hour: float) -> Markup:
    """Return for each day how many hours its calls take at the rate limit."""
    bins = binned({day: {"calls": count} for day, count in calls.items()})
    stacks = [[counts["calls"] / calls_in_an_hour] for counts in bins.values()]
    return stacked("Hours that the calls of each day take at the rate limit", list(bins), stacks, ["hours"])


def binned(days: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return counts by day; by month, year or decade when there are more days than a chart can show."""
    length = next((one for one in LENGTHS if len({day[:one] for day in days}) <= MOST_BARS), LENGTHS[-1])
    bins: dict[str, dict[str, int]] = {}
    for day, counts in sorted(days.items()):
        kept = bins.setdefault(day[:length].ljust(YEAR, "0") if day else "no date", {})
        for kind, count in counts.items():
            kept[kind] = kept.get(kind, 0) + count
    return bins


def stacked(
    title: str, names: Sequence[str], stacks: Sequence[Sequence[float]], kinds: Sequence[str]
) -> Markup:
    """Return a chart of stacked bars with a scale and a legend."""
    top = max((sum(stack) for stack in stacks), default=0) or 1
    step = (WIDTH - LEFT) / max(len(stacks), 1)
    parts = [scale(top)]
    for index, (name, stack) in enumerate(zip(names, stacks, strict=True)):
        told = ", ".join(f"{value:,.4g} {kind}" for kind, value in zip(kinds, stack, strict=True) if value)
        parts.append(bar(LEFT + index * step, min(step * 0.8, 60), stack, top, f"{name}: {told}"))
        if index % -(-len(names) // LABELS) == 0:
            label = Markup('<text class="axis" x="{:.1f}" y="{}">{}</text>')
            parts.append(label.format(LEFT + index * step, HEIGHT - 6, name))
    return picture(title, HEIGHT, parts) + legend(kinds)


def bar(x: float, width: float, stack: Sequence[float], top: float, title: str) -> Markup:
    """Return one bar; its parts are stacked."""
    space, parts = HEIGHT - BOTTOM - TOP, []
    for index, (upper, value) in enumerate(zip(accumulate(stack), stack, strict=True)):
        if value:
            box = Markup('<rect class="c{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
            y = HEIGHT - BOTTOM - upper / top * space
            parts.append(box.format(index, x, y, max(width, 1), value / top * space))
    return Markup("<g><title>{}</title>{}</g>").format(title, Markup().join(parts))


def scale(top: float) -> Markup:
    """Return the lines at nothing, at half and at the highest value, with their numbers."""
    space, lines = HEIGHT - BOTTOM - TOP, []
    for part in (0, 0.5, 1):
        y = HEIGHT - BOTTOM - part * space
        line = Markup(
            '<path class="line" d="M{} {:.1f}H{}"/><text class="axis end" x="{}" y="{:.1f}">{}</text>'
        )
        lines.append(line.format(LEFT - 4, y, WIDTH, LEFT - 8, y + 4, short(top * part)))
    return Markup().join(lines)


def ranking(title: str, found: Iterable[tuple[str, int]]) -> Markup:
    """Return a chart of horizontal bars, the largest first; what is beyond the first is summed up."""
    rows = list(found)
    if len(rows) > SHOWN:
        rows = [*rows[: SHOWN - 1], (f"{len(rows) - SHOWN + 1} more", sum(n for _, n in rows[SHOWN - 1 :]))]
    top = max((count for _, count in rows), default=0) or 1
    parts = []
    for index, (name, count) in enumerate(rows):
        y = index * ROW
        line = Markup(
            "<g><title>{name}: {count:,}</title>"
            '<rect class="c4" x="0" y="{y}" width="{width:.1f}" height="4"/>'
            '<text class="axis" x="0" y="{base}">{count:,} x {name}</text></g>'
        )
        parts.append(line.format(name=name, count=count, y=y + 18, width=count / top * WIDTH, base=y + 13))
    return picture(title, max(len(rows), 1) * ROW, parts)


def picture(title: str, height: int, parts: Iterable[Markup]) -> Markup:
    """Return an SVG with its title."""
    head = Markup('<svg role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="xMinYMin">')
    return head.format(title, WIDTH, height) + Markup().join(parts) + Markup("</svg>")


def legend(kinds: Iterable[str]) -> Markup:
    """Return the legend of the colours."""
    items = (Markup('<li class="c{}">{}</li>').format(index, kind) for index, kind in enumerate(kinds))
    return Markup('<ul class="legend">{}</ul>').format(Markup().join(items))


def short(number: float) -> str:
    """Return a number of a scale."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return f"{number:.3g}"
