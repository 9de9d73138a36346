"""The field tables of the profile `documented`: Custify field, then message paths, the first value wins.

There is no row for custom_attributes: `find_unmapped` in values.py returns what no row maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from custify_transformer.mapping import Table

# Source: documentation page, Identify table and "the userId or email field in the event's traits".
PERSON: Final[Table] = {
    "user_id": ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id"),
    "email": ("traits.email", "context.traits.email"),
    "phone": ("traits.phone", "context.traits.phone"),
    "session_count": ("traits.sessionCount", "context.traits.sessionCount"),
    "unsubscribed_from_emails": ("traits.unsubscribedFromEmails", "context.traits.unsubscribedFromEmails"),
    "unsubscribed_from_calls": ("traits.unsubscribedFromCalls", "context.traits.unsubscribedFromCalls"),
    "name": ("traits.name", "context.traits.name"),
    "signed_up_at": ("traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"),
}

# Not on the page: the parts of a missing name. Source: recorded behaviour, section 3.
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

# Source: documentation page, Track table. Its row "email" names no object, so every object counts.
EVENT: Final[Table] = {
    "user_id": ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id"),
    "email": ("traits.email", "context.traits.email", "properties.email", "email"),
    "name": ("event",),
    "created_at": ("timestamp", "originalTimestamp"),
}

# Not on the page: the company of an event. Source: recorded behaviour, section 6, track.
EVENT_COMPANY: Final[Table] = {
    "company_id": ("properties.organization_id", "properties.company_id", "properties.companyId"),
}

# Source: documentation page, Group table. traits.groupId: recorded behaviour, section 6, group.
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

# Source: documentation page, "How RudderStack does the user-organization association". The traits of a group
# describe the company, context.traits describe the person. The page has no signed_up_at for a group.
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

# Not on the page: the parts of a missing name. The company's traits do not name a person.
MEMBER_NAME_PARTS: Final[Table] = {
    "first_name": ("context.traits.firstName", "context.traits.firstname", "context.traits.first_name"),
    "last_name": ("context.traits.lastName", "context.traits.lastname", "context.traits.last_name"),
}
