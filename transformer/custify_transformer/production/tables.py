"""The field tables of the profile `production`: Custify field, then message paths, the first value wins.

The row custom_attributes holds whole objects; `strip` in person.py removes members from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from custify_transformer.mapping import Table

# Source: recorded behaviour, sections 3 and 5.
PERSON: Final[Table] = {
    "user_id": ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id"),
    "email": ("traits.email", "context.traits.email", "properties.email"),
    "phone": ("traits.phone", "context.traits.phone", "properties.phone"),
    "session_count": ("traits.sessionCount", "context.traits.sessionCount"),
    "unsubscribed_from_emails": ("traits.unsubscribedFromEmails", "context.traits.unsubscribedFromEmails"),
    "unsubscribed_from_calls": ("traits.unsubscribedFromCalls", "context.traits.unsubscribedFromCalls"),
    "name": ("traits.name", "context.traits.name"),
    "signed_up_at": ("traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"),
    "custom_attributes": ("traits", "context.traits"),
}

# The parts of a missing name, also of a group's person. Source: recorded behaviour, sections 3 and 5.
NAME_PARTS: Final[Table] = {
    "first_name": (
        "traits.firstName",
        "traits.firstname",
        "traits.first_name",
        "context.traits.firstName",
        "context.traits.firstname",
        "context.traits.first_name",
    ),
    "last_name": (
        "traits.lastName",
        "traits.lastname",
        "traits.last_name",
        "context.traits.lastName",
        "context.traits.lastname",
        "context.traits.last_name",
    ),
}

# Source: recorded behaviour, section 6, track.
EVENT: Final[Table] = {
    "user_id": ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id"),
    "email": ("traits.email", "context.traits.email", "properties.email"),
    "name": ("event",),
    "created_at": ("timestamp", "originalTimestamp"),
}

# Source: recorded behaviour, section 6, track.
EVENT_COMPANY: Final[Table] = {
    "company_id": ("properties.organization_id", "properties.company_id", "properties.companyId"),
}

# Source: recorded behaviour, section 6, group, step 1.
COMPANY: Final[Table] = {
    "company_id": ("groupId", "traits.groupId"),
    "name": ("traits.name",),
    "industry": ("traits.industry",),
    "size": ("traits.size",),
    "website": ("traits.website", "traits.url"),
    "plan": ("traits.plan",),
    "monthly_revenue": ("traits.monthly_revenue", "traits.monthlyRevenue", "traits.mrr"),
    "churned": ("traits.churned",),
    "custom_attributes": ("traits",),
}

# Source: recorded behaviour, section 6, group, step 5.
MEMBER: Final[Table] = {
    "user_id": ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id"),
    "email": ("context.traits.email",),
    "phone": ("context.traits.phone",),
    "session_count": ("context.traits.sessionCount",),
    "unsubscribed_from_emails": ("context.traits.unsubscribedFromEmails",),
    "unsubscribed_from_calls": ("context.traits.unsubscribedFromCalls",),
    "name": ("context.traits.name",),
    "signed_up_at": ("context.traits.signedUpAt", "timestamp", "originalTimestamp"),
    "custom_attributes": ("context.traits",),
}

# Names removed from a person's custom attributes. Source: recorded behaviour, section 5, step 5.
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

# Names removed from a company's custom attributes. Source: recorded behaviour, section 6, group, step 3.
RESERVED_OF_COMPANY: Final = frozenset(
    {"id", "name", "industry", "company_id", "size", "website", "plan", "monthly_revenue", "churned"}
)
