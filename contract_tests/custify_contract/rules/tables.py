"""The fields of each request with their message paths, written from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    Paths = Mapping[str, tuple[str, ...]]

USER_ID: Final = ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id")
MEMBER_ID: Final = ("userId", "context.traits.userId", "context.traits.id")
FIRST: Final = ("firstName", "firstname", "first_name")
LAST: Final = ("lastName", "lastname", "last_name")

PERSON: Final[Paths] = {
    "phone": ("traits.phone", "context.traits.phone"),
    "session_count": ("traits.sessionCount", "context.traits.sessionCount"),
    "unsubscribed_from_emails": ("traits.unsubscribedFromEmails", "context.traits.unsubscribedFromEmails"),
    "unsubscribed_from_calls": ("traits.unsubscribedFromCalls", "context.traits.unsubscribedFromCalls"),
    "name": ("traits.name", "context.traits.name"),
    "signed_up_at": ("traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"),
}
MEMBER: Final[Paths] = {
    "phone": ("context.traits.phone",),
    "session_count": ("context.traits.sessionCount",),
    "unsubscribed_from_emails": ("context.traits.unsubscribedFromEmails",),
    "unsubscribed_from_calls": ("context.traits.unsubscribedFromCalls",),
    "name": ("context.traits.name",),
    "signed_up_at": ("context.traits.signedUpAt",),
}
COMPANY: Final[Paths] = {
    "name": ("traits.name",),
    "industry": ("traits.industry",),
    "size": ("traits.size",),
    "website": ("traits.website", "traits.url"),
    "plan": ("traits.plan",),
    "monthly_revenue": ("traits.monthlyRevenue", "traits.mrr"),
    "churned": ("traits.churned",),
}
EVENT_EMAIL: Final = ("traits.email", "context.traits.email", "properties.email", "email")
EVENT_TIME: Final = ("timestamp", "originalTimestamp")
EVENT_COMPANY: Final = ("properties.organization_id", "properties.company_id", "properties.companyId")

# Names in traits that have a row: they do not also become custom attributes.
PERSON_NAMES: Final = frozenset(
    {
        "userId",
        "id",
        "email",
        "phone",
        "sessionCount",
        "unsubscribedFromEmails",
        "unsubscribedFromCalls",
        "name",
        "signedUpAt",
    }
)
COMPANY_NAMES: Final = frozenset(
    {
        "groupId",
        "name",
        "industry",
        "size",
        "website",
        "url",
        "plan",
        "monthlyRevenue",
        "mrr",
        "churned",
    }
)
