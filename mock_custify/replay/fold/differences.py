"""What is different between two Custifys that got the same messages by different settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec
from msgspec import structs

from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.people.model import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mock_custify.replay.fold.custify import Custify
    from mock_custify.replay.fold.tally import Tally
    from mock_custify.resources.events.model import Event

Causes: TypeAlias = dict[str, set[str]]

ENCODER: Final = msgspec.json.Encoder()
UNTOLD: Final = ("id", "created_at", "updated_at")
KINDS: Final = ("people", "companies", "memberships", "events")
OF_ENDPOINT: Final = {"people": ("people",), "company": ("companies",), "event": ("events",)}
NAMES: Final = "names of events"  # not a kind of record: by these an event finds its person and its company
REACHED: Final = {
    **dict.fromkeys(("event.user_id", "event.email", "event.company_id"), ("events", NAMES)),
    "people.companies": ("memberships", "companies"),
    "people.user_id": ("people", "memberships"),
    "people.email": ("people", "memberships"),
    "company.company_id": ("companies", "memberships"),
}
NO_CAUSE: Final[frozenset[str]] = frozenset()
FOLLOWS: Final = "follows from other differences"


class Blame:
    """Which causes touched which records: by kind, and by the keys that the differing requests name.

    Records share their sets of causes, of which there are few.
    """

    def __init__(self) -> None:
        self.causes: dict[str, dict[str, frozenset[str]]] = {kind: {} for kind in (*KINDS, NAMES)}
        self.shared: dict[frozenset[str], frozenset[str]] = {}

    def note(self, keys: Collection[str], causes: Causes) -> None:
        """Note that a message which differs for `causes` touched the records of these keys."""
        for kind, names in causes.items():
            known = self.causes[kind]
            for key in keys:
                before = known.get(key, NO_CAUSE)
                if not before >= names:
                    both = before | names
                    known[key] = self.shared.setdefault(both, both)

    def of(self, kind: str, keys: Iterable[str]) -> list[str]:
        """Return the causes for records of a kind with these keys."""
        found = {cause for key in keys for cause in self.causes[kind].get(key, ())}
        return sorted(found) or [FOLLOWS]


def add_causes(causes: Causes, parts: Mapping[str, set[str]]) -> None:
    """Add the causes of the parts of a message that differ to the kinds of records that these parts reach."""
    for part, names in parts.items():
        for kind in reached_by(part):
            causes.setdefault(kind, set()).update(names)


def reached_by(part: str) -> Iterable[str]:
    """Return the kinds of records that a part of a message reaches; parts are those of `different_parts`."""
    if part in REACHED:
        return REACHED[part]
    return OF_ENDPOINT.get(part.partition(".")[0], KINDS)


def count(tally: Tally, kind: str, word: str, causes: Iterable[str]) -> None:
    """Count a difference, once in all and once for each of its causes."""
    tally.difference[kind, word] += 1
    for cause in causes:
        tally.causes[cause, kind, word] += 1


def compare(tally: Tally, one: Custify, other: Custify, blame: Blame) -> None:
    """Count the differences of people, companies and memberships between two Custifys."""
    for kind, mine, theirs in (
        ("people", people_of(one), people_of(other)),
        ("companies", companies_of(one), companies_of(other)),
        ("memberships", memberships_of(one), memberships_of(other)),
    ):
        for key in dict.fromkeys((*mine, *theirs)):
            if word := word_for(mine, theirs, key):
                count(tally, kind, word, blame.of(kind, key))


def word_for(mine: Mapping[Any, Any], theirs: Mapping[Any, Any], key: Any) -> str:
    """Return what became of a record when the settings change, "" for nothing."""
    if key not in mine:
        return "gained"
    if key not in theirs:
        return "lost"
    return "changed" if differ(mine[key], theirs[key]) else ""


def differ(one: Any, other: Any) -> bool:
    """Tell whether two records differ; 1 and true do."""
    return bool(one != other) or (repr(one) != repr(other) and sorted_text(one) != sorted_text(other))


def sorted_text(value: Any) -> str:
    """Return a record as text in which the order of attributes does not matter."""
    return repr(
        {name: sorted(part.items()) if isinstance(part, dict) else part for name, part in value.items()}
    )


def told(record: Any) -> dict[str, Any]:
    """Return the fields of a record that do not depend on the run."""
    return {name: value for name, value in structs.asdict(record).items() if name not in UNTOLD}


def person_key(person: Any) -> tuple[str, ...]:
    """Return what a person is found by in another Custify: the user_id, else the email."""
    return (f"u{person.user_id}",) if person.user_id is not None else (f"e{person.email}",)


def people_of(custify: Custify) -> dict[tuple[str, ...], Any]:
    """Return the people that were written, by their keys."""
    records = custify.records[PEOPLE]
    return {person_key(records.by_id[key]): told(records.by_id[key]) for key in touched(custify)}


def touched(custify: Custify) -> Iterable[str]:
    """Return the ids of the people who were written or linked, in a fixed order."""
    return (*custify.people, *sorted(custify.links.touched - custify.people.keys()))


def companies_of(custify: Custify) -> dict[tuple[str, ...], Any]:
    """Return the companies that were written, by their keys; parents by their company_id."""
    records = custify.records[COMPANIES]
    found: dict[tuple[str, ...], Any] = {}
    for key in custify.companies:
        company = records.by_id[key]
        parents = [
            records.by_id[one.id].company_id for one in company.parent_companies if one.id in records.by_id
        ]
        found[(f"c{company.company_id}",)] = told(company) | {"parent_companies": parents}
    return found


def memberships_of(custify: Custify) -> dict[tuple[str, ...], Any]:
    """Return the memberships of the people who were written or linked."""
    people, companies = custify.records[PEOPLE].by_id, custify.records[COMPANIES].by_id
    return {
        (*person_key(people[key]), f"c{companies[company].company_id}"): {}
        for key in touched(custify)
        for company in custify.links.companies_of(key)
    }


def event_of(event: Event | None) -> dict[str, Any] | None:
    """Return what an event says that does not depend on the run, None without one."""
    if event is None:
        return None
    linked = {"person": event.person is not None, "company": event.company is not None}
    return {**structs.asdict(event), "id": "", **linked}


def stored(event: Event | None) -> Event | None:
    """Return an event that Custify has, None for one that was refused because nobody has its name."""
    return None if event is None or event.dropped else event


def event_causes(causes: Causes, one: Event | None, other: Event | None) -> list[str]:
    """Return the causes for the events of a message.

    If only one of them has a person or a company, the cause is in the names, not in the rest of the event.
    """
    is_found = one is None or other is None or bool(one.dropped) is bool(other.dropped)
    return sorted(causes.get("events" if is_found else NAMES, ())) or [FOLLOWS]


def compare_events(tally: Tally, one: Event | None, other: Event | None, causes: Iterable[str]) -> None:
    """Count what becomes of the event of a message."""
    if one is other or (one and other and ENCODER.encode(one) == ENCODER.encode(other)):
        return
    mine, theirs = event_of(one), event_of(other)
    word = (
        "gained" if mine is None else "lost" if theirs is None else "changed" if differ(mine, theirs) else ""
    )
    if word:
        count(tally, "events", word, causes)
