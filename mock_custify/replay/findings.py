"""Makes the report of a replay from what was counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.divergences.table import find_divergence
from mock_custify.replay.changes import counted, what_if
from mock_custify.replay.masking import masked_value
from mock_custify.replay.report import (
    Archive,
    AssociationRow,
    CustomField,
    FoundDivergence,
    FoundRace,
    PersonalData,
    Problem,
    Records,
    Refusal,
    Report,
    UnknownPerson,
)
from mock_custify.workspace.messages.refusal_hints import hint_of, joined, misspelled_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.replay.estimate import Rate
    from mock_custify.replay.fold.plan import Plan
    from mock_custify.replay.fold.tally import Seen, Tally
    from mock_custify.replay.survey import Survey

STATUSES: Final = ("delivered", "refused", "ignored")
CUSTOM: Final = "custom_attributes."
ROWS: Final = ("no-no", "no-yes", "yes-no", "yes-yes")


def report_of(
    plan: Plan,
    rate: Rate,
    survey: Survey,
    tally: Tally,
    known: Mapping[str, Mapping[str, str]],
) -> Report:
    """Return the report; `known` are the types of the custom fields of the state before."""
    by_status = {
        one: sum(n for (_, status), n in tally.statuses.items() if status == one) for one in STATUSES
    }
    return Report(
        profile=plan.main.profile,
        archive=archive_of(survey),
        messages=survey.seen.total(),
        unreadable=survey.unreadable,
        types=types_of(tally),
        duplicates=survey.duplicates,
        left_out=survey.left_out,
        problems=[Problem(one.place.file, one.place.line, one.reason) for one in survey.problems],
        **by_status,  # type: ignore[arg-type] # the three counts of messages
        **calls_of(tally, rate),
        **changes_of(tally),
        **found_in(tally, known, plan.main.config),
        **what_if(plan, tally),
    )


def calls_of(tally: Tally, rate: Rate) -> dict[str, Any]:
    """Return the calls, and how long they take at the rate limit."""
    calls = tally.calls.total()
    return {
        "calls": calls,
        "calls_by_kind": {name: tally.calls[name] for name in ("people", "company", "event")},
        "calls_by_day": dict(sorted(tally.call_days.items())),
        "rate": rate,
        "seconds_at_rate": rate.time_for(calls),
        "seconds_with_margin": rate.time_with_margin(calls),
    }


def changes_of(tally: Tally) -> dict[str, Any]:
    """Return what would change in Custify."""
    return {
        "created": records_of(tally, "created"),
        "updated": records_of(tally, "updated"),
        "linked": sum(count for (_, word), count in tally.rows.items() if word == "added"),
        "unlinked": sum(count for (_, word), count in tally.rows.items() if word == "removed"),
        "association_rows": rows_of(tally),
    }


def found_in(tally: Tally, known: Mapping[str, Mapping[str, str]], config: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody should look at before sending the messages."""
    return {
        "refusals": [refusal_of(reason, seen, config) for reason, seen in most(tally.refusals)],
        "beyond_limits": [Refusal(**counted(seen), reason=reason) for reason, seen in most(tally.limits)],
        "unknown_people": [UnknownPerson(**counted(seen), names=n) for n, seen in most(tally.unknown_people)],
        "custom_fields": fields_of(tally, known),
        "personal_data": personal_of(tally),
        "divergences": [divergence_of(name, seen) for name, seen in most(tally.divergences)],
        "races": races_of(tally),
    }


def archive_of(survey: Survey) -> Archive:
    """Return what was read."""
    days: dict[str, Counter[str]] = {}
    layouts: Counter[str] = Counter()
    rebuilt = 0
    for (layout, is_rebuilt, day, kind), count in sorted(survey.seen.items()):
        layouts[layout] += count
        rebuilt += count * is_rebuilt
        days.setdefault(day, Counter())[kind] += count
    by_day = {day: dict(sorted(days[day].items())) for day in sorted(days)}
    return Archive(survey.files, dict(layouts), rebuilt, survey.first, survey.last, by_day)


def types_of(tally: Tally) -> dict[str, dict[str, int]]:
    """Return the messages by type and by what became of them."""
    kinds = sorted({kind for kind, _ in tally.statuses})
    return {kind: {status: tally.statuses[kind, status] for status in STATUSES} for kind in kinds}


def most(found: Mapping[str, Seen]) -> list[tuple[str, Seen]]:
    """Return what was counted, the most frequent first."""
    return sorted(found.items(), key=lambda one: (-one[1].count, one[0]))


def records_of(tally: Tally, word: str) -> Records:
    """Return who was created or updated."""
    people, companies = (tally.names.get((word, kind)) for kind in ("people", "companies"))
    return Records(
        people.count if people else 0,
        companies.count if companies else 0,
        [name for _, name in people.first] if people else [],
        [name for _, name in companies.first] if companies else [],
    )


def rows_of(tally: Tally) -> list[AssociationRow]:
    """Return the links by row of the association table, whose four rows are always there."""
    others = sorted({row for (row, _), count in tally.rows.items() if count} - set(ROWS))
    return [
        AssociationRow(row, tally.rows[row, "added"], tally.rows[row, "removed"]) for row in (*ROWS, *others)
    ]


def fields_of(tally: Tally, known: Mapping[str, Mapping[str, str]]) -> list[CustomField]:
    """Return the custom fields in the order in which they appear; a known one keeps its type."""
    found = []
    for (kind, name), seen in sorted(tally.fields.items(), key=lambda one: (one[0][0], one[1].first)):
        own = known.get(kind, {}).get(name)
        kept = own or seen.type
        conflicts = {one: count for one, count in sorted(seen.types.items()) if one != kept}
        found.append(CustomField(kind, name, kept, own is None, conflicts))
    return found


def refusal_of(reason: str, seen: Seen, config: dict[str, Any]) -> Refusal:
    """Return the messages of a reason, with what would let the smallest of them through."""
    message = seen.example.message
    hint = joined(misspelled_fields(message), hint_of(reason, message, config))
    return Refusal(**counted(seen), reason=reason, hint=hint)


def personal_of(tally: Tally) -> list[PersonalData]:
    """Return the custom fields with values that look like personal data."""
    return [
        PersonalData(kind, name, looks, count)
        for (kind, name), seen in sorted(tally.fields.items())
        for looks, count in sorted(seen.personal.items())
    ]


def divergence_of(name: str, seen: Seen) -> FoundDivergence:
    """Return a divergence with the words of its row in docs/divergences.md."""
    row = find_divergence(name)
    texts = (
        (row.page, row.observed, row.harm) if row else ("", "No row of docs/divergences.md explains it.", "")
    )
    return FoundDivergence(**counted(seen), id=name, page=texts[0], production=texts[1], harm=texts[2])


def races_of(tally: Tally) -> list[FoundRace]:
    """Return the races, the closest in time first."""
    found = sorted(tally.races.items(), key=lambda one: (one[1].seconds, one[0]))
    return [
        FoundRace(
            company,
            name,
            [masked_value(one) if name.startswith(CUSTOM) else one for one in race.values],
            list(race.users),
            race.seconds,
            [f"{file}:{line}" for file, line in race.places],
            race.count,
        )
        for (company, name), race in found
    ]
