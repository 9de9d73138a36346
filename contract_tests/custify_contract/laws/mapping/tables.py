"""The mapping tables of the documentation page: each Custify field with its message paths."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import SETTINGS, WITH_ANONYMOUS_ID, Level
from custify_contract.strategies import pools

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ASSOCIATION: Final = "How RudderStack does the user-organization association"
PEOPLE: Final = ("/people", "people")
COMPANIES: Final = ("/company", "companies")
EVENT_RECORDS: Final = ("/event", "events")


@dataclass(frozen=True)
class Row:
    """A row: the Custify field, its message paths, of which the first with a value wins, and values to send.

    `source` is the row on the page if it differs from the `source` of the table, `id` the end of the id of
    its law if it differs from the name of the field.
    """

    name: str
    paths: tuple[str, ...]
    values: Sequence[Any]
    source: str = ""
    settings: Mapping[str, Any] = field(default_factory=lambda: SETTINGS)
    level: Level = "documented"
    id: str = ""


@dataclass(frozen=True)
class RowTable:
    """A table: the message that carries the values, and the `target`: request path and kind of record.

    `source` is the row on the page, or the sentence that all rows come from.
    """

    id: str
    section: str
    source: str
    message: Mapping[str, Any]
    target: tuple[str, str]
    rows: tuple[Row, ...]


IDENTIFY_TABLE: Final = RowTable(
    "identify",
    "Identify, supported mapping",
    "{paths} | {name} | Optional",
    {"type": "identify", "userId": "u1", "messageId": "m1"},
    PEOPLE,
    (
        Row(
            "user_id",
            ("userId", "anonymousId"),
            (*pools.USER_IDS, *pools.ANONYMOUS),
            "userId (or anonymousId if userId is absent) | user_id | Required",
            WITH_ANONYMOUS_ID,
        ),
        Row(
            "email",
            ("traits.email", "context.traits.email"),
            pools.FRESH_EMAILS,
            "{paths} | email | Required, if userId or anonymousId is absent.",
        ),
        Row("phone", ("traits.phone", "context.traits.phone"), pools.PHONES),
        Row("session_count", ("traits.sessionCount", "context.traits.sessionCount"), pools.COUNTS),
        Row(
            "unsubscribed_from_emails",
            ("traits.unsubscribedFromEmails", "context.traits.unsubscribedFromEmails"),
            pools.FLAGS,
        ),
        Row(
            "unsubscribed_from_calls",
            ("traits.unsubscribedFromCalls", "context.traits.unsubscribedFromCalls"),
            pools.FLAGS,
        ),
        Row("name", ("traits.name", "context.traits.name"), pools.NAMES),
        Row(
            "signed_up_at",
            ("traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"),
            (*pools.DATES, *pools.TIMES),
        ),
    ),
)

TRACK_TABLE: Final = RowTable(
    "track",
    "Track, supported mapping",
    "{paths} | {name}",
    {"type": "track", "userId": "u1", "messageId": "m1", "event": "Signed Up", "timestamp": pools.TIMES[0]},
    EVENT_RECORDS,
    (
        Row(
            "user_id",
            ("userId", "anonymousId"),
            (*pools.USER_IDS, *pools.ANONYMOUS),
            settings=WITH_ANONYMOUS_ID,
        ),
        Row(
            "email",
            ("traits.email", "context.traits.email", "properties.email", "email"),
            pools.FRESH_EMAILS,
            "email | email",
        ),
        Row("name", ("event",), pools.EVENTS),
        Row("created_at", ("timestamp", "originalTimestamp"), pools.TIMES),
        Row(
            "company_id",
            ("properties.organization_id", "properties.company_id", "properties.companyId"),
            pools.COMPANY_IDS,
            "organization_id / company_id / companyId of the properties name the company",
            level="decided",
            id="company",
        ),
    ),
)

GROUP_TABLE: Final = RowTable(
    "group",
    "Group, supported mapping",
    "{paths} | {name}",
    {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"},
    COMPANIES,
    (
        Row("company_id", ("groupId",), pools.COMPANY_IDS),
        Row("name", ("traits.name",), pools.COMPANY_NAMES),
        Row("industry", ("traits.industry",), pools.INDUSTRIES),
        Row("size", ("traits.size",), (0, 150)),
        Row("website", ("traits.website", "traits.url"), ("https://a.example.com", "https://b.example.com")),
        Row("plan", ("traits.plan",), pools.PLANS),
        Row("monthly_revenue", ("traits.monthlyRevenue", "traits.mrr"), (0, 900.5, 7)),
        Row("churned", ("traits.churned",), pools.FLAGS),
    ),
)

GROUP_PERSON_TABLE: Final = RowTable(
    "group.person",
    ASSOCIATION,
    "If userId and groupId are present in the event, RudderStack associates the Custify user with the "
    "organization and sends all the user-specific information.",
    {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"},
    PEOPLE,
    (
        Row("email", ("context.traits.email",), pools.FRESH_EMAILS),
        Row("phone", ("context.traits.phone",), pools.PHONES),
        Row("session_count", ("context.traits.sessionCount",), pools.COUNTS),
        Row("unsubscribed_from_emails", ("context.traits.unsubscribedFromEmails",), pools.FLAGS),
        Row("unsubscribed_from_calls", ("context.traits.unsubscribedFromCalls",), pools.FLAGS),
        Row("name", ("context.traits.name",), pools.NAMES),
        Row("signed_up_at", ("context.traits.signedUpAt",), pools.DATES),
    ),
)

GROUP_USER_ID_TABLE: Final = RowTable(
    "group.finds",
    ASSOCIATION,
    "To do the user-company association, RudderStack first finds the Custify user by looking for the userId "
    "present in the context.traits object.",
    {"type": "group", "groupId": "g1", "messageId": "m1"},
    PEOPLE,
    (Row("user_id", ("userId", "context.traits.userId"), pools.USER_IDS, id="user"),),
)

TABLES: Final = (IDENTIFY_TABLE, TRACK_TABLE, GROUP_TABLE, GROUP_PERSON_TABLE, GROUP_USER_ID_TABLE)
