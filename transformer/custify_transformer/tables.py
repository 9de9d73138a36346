"""The field tables, pure data: Custify field, then the message paths, the first that has a value wins.

The first half holds what the documentation page says; the second half holds where RudderStack's own
transformer differs from it, row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from custify_transformer.mapping import Table

USER_ID: Final = ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id")

# Source: documentation page, Identify table; who is meant: "the userId or email field in the event's traits".
PERSON: Final[Table] = {
    "user_id": USER_ID,
    "email": ("traits.email", "context.traits.email"),
    "phone": ("traits.phone", "context.traits.phone"),
    "session_count": ("traits.sessionCount", "context.traits.sessionCount"),
    "unsubscribed_from_emails": ("traits.unsubscribedFromEmails", "context.traits.unsubscribedFromEmails"),
    "unsubscribed_from_calls": ("traits.unsubscribedFromCalls", "context.traits.unsubscribedFromCalls"),
    "name": ("traits.name", "context.traits.name"),
    "signed_up_at": ("traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"),
}

# Not on the page: what stands in for a missing name. Source: recorded behaviour, section 3.
FIRST_NAME: Final = (
    "traits.firstName",
    "traits.firstname",
    "traits.first_name",
    "context.traits.firstName",
    "context.traits.firstname",
    "context.traits.first_name",
)
LAST_NAME: Final = (
    "traits.lastName",
    "traits.lastname",
    "traits.last_name",
    "context.traits.lastName",
    "context.traits.lastname",
    "context.traits.last_name",
)

# Source: documentation page, Track table; "email" alone leaves the place open, so every place counts.
EVENT: Final[Table] = {
    "user_id": USER_ID,
    "email": ("traits.email", "context.traits.email", "properties.email", "email"),
    "name": ("event",),
    "created_at": ("timestamp", "originalTimestamp"),
}

# Not on the page: the company of an event. Source: recorded behaviour, section 6, track.
EVENT_COMPANY: Final = ("properties.organization_id", "properties.company_id", "properties.companyId")

# Source: documentation page, Group table; traits.groupId from recorded behaviour, section 6, group.
COMPANY: Final[Table] = {
    "company_id": ("groupId", "traits.groupId"),
    "name": ("traits.name",),
    "industry": ("traits.industry",),
    "size": ("traits.size",),
    "website": ("traits.website", "traits.url"),
    "plan": ("traits.plan",),
    "monthly_revenue": ("traits.monthlyRevenue", "traits.mrr"),
    "churned": ("traits.churned",),
}

# Source: documentation page, "How RudderStack does the user-organization association": the traits of a group
# are the company's, the person stands in context.traits. Of signed_up_at from a group's time it says nothing.
MEMBER: Final[Table] = {
    "user_id": ("userId", "context.traits.userId", "context.traits.id"),
    "email": ("context.traits.email",),
    "phone": ("context.traits.phone",),
    "session_count": ("context.traits.sessionCount",),
    "unsubscribed_from_emails": ("context.traits.unsubscribedFromEmails",),
    "unsubscribed_from_calls": ("context.traits.unsubscribedFromCalls",),
    "name": ("context.traits.name",),
    "signed_up_at": ("context.traits.signedUpAt",),
}
MEMBER_FIRST_NAME: Final = FIRST_NAME[3:]
MEMBER_LAST_NAME: Final = LAST_NAME[3:]

# Source of all that follows: recorded behaviour, sections 3, 5 and 6.
PRODUCTION_PERSON: Final[Table] = {
    **PERSON,
    "email": (*PERSON["email"], "properties.email"),
    "phone": (*PERSON["phone"], "properties.phone"),
    "custom_attributes": ("traits", "context.traits"),
}
PRODUCTION_EVENT: Final[Table] = {
    **EVENT,
    "email": EVENT["email"][:-1],
}
PRODUCTION_COMPANY: Final[Table] = {
    **COMPANY,
    "monthly_revenue": ("traits.monthly_revenue", *COMPANY["monthly_revenue"]),
    "custom_attributes": ("traits",),
}
PRODUCTION_MEMBER: Final[Table] = {
    **MEMBER,
    "user_id": USER_ID,
    "signed_up_at": (*MEMBER["signed_up_at"], "timestamp", "originalTimestamp"),
    "custom_attributes": ("context.traits",),
}

# Names that production takes out of the traits, the company's before it reads the person.
RESERVED_OF_PERSON: Final = frozenset(
    {
        "userId",
        "email",
        "phone",
        "name",
        "signed_up_at",
        "session_count",
        "unsubscribed_from_emails",
        "unsubscribed_from_calls",
        "company",
    }
)
RESERVED_OF_COMPANY: Final = frozenset(
    {"id", "name", "industry", "company_id", "size", "website", "plan", "monthly_revenue", "churned"}
)
