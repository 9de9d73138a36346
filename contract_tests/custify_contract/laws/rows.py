"""The mapping tables of the page: one law for each row, tried on every path of the row."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.choices import Choices, decoded
from custify_contract.law import (
    SETTINGS,
    WITH_ANONYMOUS_ID,
    Case,
    Law,
    Level,
    Trial,
    expect,
    expect_accepted,
    expect_same,
)
from custify_contract.strategies import (
    ANONYMOUS,
    DATES,
    EVENTS,
    FRESH_EMAILS,
    NAMES,
    TIMES,
)
from custify_contract.strategies import attributes as unmapped
from custify_contract.worlds import COMPANY_IDS, USER_IDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custify_contract.snapshot import Json

SIZE: Final = 24
ABSENT: Final = (None, "", ...)  # null, empty text, and not there at all
FLAGS: Final = (False, True)
PHONES: Final = ("555 0100", "+49 30 1")
PERSON_HOME: Final = ("/people", "people")
COMPANY_HOME: Final = ("/company", "companies")
EVENT_HOME: Final = ("/event", "events")


@dataclass(frozen=True)
class Row:
    """A row of a table: the Custify field, the message paths in order, values to try, the page's words."""

    name: str
    paths: tuple[str, ...]
    values: Sequence[Any]
    source: str
    settings: Mapping[str, Any] = field(default_factory=lambda: SETTINGS)
    level: Level = "documented"
    id: str = ""


@dataclass(frozen=True)
class RowTable:
    """A table: which message its rows are tried on, and where the field arrives: path and kind of record."""

    id: str
    section: str
    base: Mapping[str, Any]
    home: tuple[str, str]
    rows: tuple[Row, ...]


IDENTIFY: Final = RowTable(
    "identify",
    "Identify, supported mapping",
    {"type": "identify", "userId": "u1", "messageId": "m1"},
    PERSON_HOME,
    (
        Row(
            "user_id",
            ("userId", "anonymousId"),
            (*USER_IDS, *ANONYMOUS),
            "userId (or anonymousId if userId is absent) | user_id | Required",
            WITH_ANONYMOUS_ID,
        ),
        Row(
            "email",
            ("traits.email", "context.traits.email"),
            FRESH_EMAILS,
            "traits.email / context.traits.email | email | Required, if userId or anonymousId is absent.",
        ),
        Row(
            "phone",
            ("traits.phone", "context.traits.phone"),
            PHONES,
            "traits.phone / context.traits.phone | phone | Optional",
        ),
        Row(
            "session_count",
            ("traits.sessionCount", "context.traits.sessionCount"),
            (0, 7, 2.5),
            "traits.sessionCount / context.traits.sessionCount | session_count | Optional",
        ),
        Row(
            "unsubscribed_from_emails",
            ("traits.unsubscribedFromEmails", "context.traits.unsubscribedFromEmails"),
            FLAGS,
            "traits.unsubscribedFromEmails / context.traits.unsubscribedFromEmails | "
            "unsubscribed_from_emails | Optional",
        ),
        Row(
            "unsubscribed_from_calls",
            ("traits.unsubscribedFromCalls", "context.traits.unsubscribedFromCalls"),
            FLAGS,
            "traits.unsubscribedFromCalls / context.traits.unsubscribedFromCalls | "
            "unsubscribed_from_calls | Optional",
        ),
        Row(
            "name",
            ("traits.name", "context.traits.name"),
            NAMES,
            "traits.name / context.traits.name | name | Optional",
        ),
        Row(
            "signed_up_at",
            ("traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"),
            (*DATES, *TIMES),
            "traits.signedUpAt / context.traits.signedUpAt / timestamp / originalTimestamp | "
            "signed_up_at | Optional",
        ),
    ),
)

TRACK: Final = RowTable(
    "track",
    "Track, supported mapping",
    {"type": "track", "userId": "u1", "messageId": "m1", "event": "Signed Up", "timestamp": TIMES[0]},
    EVENT_HOME,
    (
        Row(
            "user_id",
            ("userId", "anonymousId"),
            (*USER_IDS, *ANONYMOUS),
            "userId / anonymousId | user_id",
            WITH_ANONYMOUS_ID,
        ),
        Row(
            "email",
            ("traits.email", "context.traits.email", "properties.email", "email"),
            FRESH_EMAILS,
            "email | email",
        ),
        Row("name", ("event",), EVENTS, "event | name"),
        Row(
            "created_at",
            ("timestamp", "originalTimestamp"),
            TIMES,
            "timestamp / originalTimestamp | created_at",
        ),
        Row(
            "company_id",
            ("properties.organization_id", "properties.company_id", "properties.companyId"),
            COMPANY_IDS,
            "organization_id / company_id / companyId of the properties name the company",
            level="decided",
            id="company",
        ),
    ),
)

GROUP: Final = RowTable(
    "group",
    "Group, supported mapping",
    {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"},
    COMPANY_HOME,
    (
        Row("company_id", ("groupId",), COMPANY_IDS, "groupId | company_id"),
        Row("name", ("traits.name",), ("Acme", "Größe AG"), "traits.name | name"),
        Row("industry", ("traits.industry",), ("Retail", "製造"), "traits.industry | industry"),
        Row("size", ("traits.size",), (0, 150), "traits.size | size"),
        Row(
            "website",
            ("traits.website", "traits.url"),
            ("https://a.example.com", "https://b.example.com"),
            "traits.website / traits.url | website",
        ),
        Row("plan", ("traits.plan",), ("Pro", "Free"), "traits.plan | plan"),
        Row(
            "monthly_revenue",
            ("traits.monthlyRevenue", "traits.mrr"),
            (0, 900.5, 7),
            "traits.monthlyRevenue / traits.mrr | monthly_revenue",
        ),
        Row("churned", ("traits.churned",), FLAGS, "traits.churned | churned"),
    ),
)

MEMBER: Final = RowTable(
    "group.person",
    "How RudderStack does the user-organization association",
    {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"},
    PERSON_HOME,
    tuple(
        Row(
            name,
            (path,),
            values,
            "If userId and groupId are present in the event, RudderStack associates the Custify user "
            "with the "
            "organization and sends all the user-specific information.",
        )
        for name, path, values in (
            ("email", "context.traits.email", FRESH_EMAILS),
            ("phone", "context.traits.phone", PHONES),
            ("session_count", "context.traits.sessionCount", (0, 7, 2.5)),
            ("unsubscribed_from_emails", "context.traits.unsubscribedFromEmails", FLAGS),
            ("unsubscribed_from_calls", "context.traits.unsubscribedFromCalls", FLAGS),
            ("name", "context.traits.name", NAMES),
            ("signed_up_at", "context.traits.signedUpAt", DATES),
        )
    ),
)

FINDER: Final = RowTable(
    "group.finds",
    "How RudderStack does the user-organization association",
    {"type": "group", "groupId": "g1", "messageId": "m1"},
    PERSON_HOME,
    (
        Row(
            "user_id",
            ("userId", "context.traits.userId"),
            USER_IDS,
            "To do the user-company association, RudderStack first finds the Custify user by looking "
            "for the userId "
            "present in the context.traits object.",
            id="user",
        ),
    ),
)
TABLES: Final = (IDENTIFY, TRACK, GROUP, MEMBER, FINDER)
UNSEEN: Final = (
    "on record (the transformer posts it: does https://api.custify.com lead there to this Custify?)"
)


def row_case(table: RowTable, row: Row, choices: Choices) -> Case:
    """Return a message that has the row's value on some of its paths, and the value that must arrive."""
    message: dict[str, Any] = {
        **table.base,
        "traits": unmapped(choices),
        "context": {"traits": unmapped(choices)},
    }
    wanted = None
    for path in row.paths:
        value = choices.maybe(row.values)
        write(message, path, choices.pick(ABSENT) if value is None else value)
        wanted = value if wanted is None else wanted
    if wanted is None:
        wanted = without_value(row, message)
    return Case((message,), dict(row.settings), facts={"expected": wanted})


def without_value(row: Row, message: dict[str, Any]) -> Any:
    """Return what must arrive when no path has a value: nothing, or a value given after all to a must."""
    if row.name == "user_id":
        message.setdefault("context", {}).setdefault("traits", {})["email"] = FRESH_EMAILS[0]
        return None
    if row.name in {"company_id", "name"} and len(row.paths) == 1 and "." not in row.paths[0]:
        write(message, row.paths[0], row.values[0])
        return row.values[0]
    return None


def write(message: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a dotted path; `...` takes away what is there."""
    *outer, name = path.split(".")
    place = message
    for part in outer:
        place = place.setdefault(part, {})
    place.pop(name, None)
    if value is not ...:
        place[name] = value


def check_row(table: RowTable, row: Row, trial: Trial) -> None:
    """Expect the value in the request and in the record, whatever stands behind it in the row."""
    expect_accepted(trial)
    path, kind = table.home
    wanted = own(trial, row, trial.case.facts["expected"])
    sent = [request for request in trial.requests if request.endpoint.endswith(path)]
    if sent or not trial.transformer.calls_itself:
        expect(sent, f"no POST {path} was sent")
        expect_same(sent[0].body.get(row.name), wanted, f"{row.name} in POST {path}")
    stored = trial.after.sections()[kind]
    if stored is not None and not (kind == "events" and wanted is None):
        where = "on record" if sent else UNSEEN
        expect(stored, f"there are no {kind} {where}")
        expect_same(stored[-1].get(row.name), wanted, f"{row.name} {where}")


def own(trial: Trial, row: Row, value: Json) -> Json:
    """Return an expected id or email as it is called in this run."""
    named = {"user_id": "userId", "company_id": "groupId", "email": "email"}.get(row.name)
    return value if named is None or value is None else trial.custify.rename({named: value})[named]


def law_of(table: RowTable, row: Row) -> Law:
    """Return the law of a row."""
    return Law(
        id=f"{table.id}.{row.id or row.name}",
        section=table.section,
        source=row.source,
        level=row.level,
        cases=decoded(partial(row_case, table, row), SIZE),
        check=partial(check_row, table, row),
        needs_all=table.home is EVENT_HOME,
    )


LAWS: Final = tuple(law_of(table, row) for table in TABLES for row in table.rows)
