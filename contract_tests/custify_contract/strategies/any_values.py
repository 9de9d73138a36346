"""Values, ids, names and unrelated fields of every kind, for laws that send them in any field.

In 100 examples each of up to 85 entries of a pool is picked, so no pool is longer.
"""

from __future__ import annotations

from typing import Any, Final

from custify_contract.strategies.edge_values import CONTAINERS, LONG

TEXTS: Final = (
    *("x", "", " ", " x ", "X y", "a  b", "a\tb", "a\nb", "a\u00a0b", "\u00a0", "a\u200bb", "a\0b"),
    *("\u00e9", "e\u0301", "\ufb01", "\u4e2d\u6587", "\U0001f600", "\u0130", "\u00df", "\u05d0b"),
    *('"q"', "it's", "a\\b", "a%20b", "a+b", "<b>&amp;", "{{ a }}", "null", "undefined", "NaN", "N/A"),
    *("true", "false", "TRUE", "yes", "0", "1", "007", "-5", "1.50", "1e3", "1,000", "[]", "{}"),
    *("https://A.example.com/", "http://a.example.com/b?c=1&d=2#e", "a.example.com"),
    *("Ann.B+tag@Example.COM", "+49 (30) 12-34", "y" * 101, "z" * 1001, LONG),
)
DATES: Final = (
    "2026-01-31",
    "2026-01-31 12:00",
    "2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456Z",
    "2026-01-31T12:00:00+02:00",
    "2026-01-31T12:00:00.000+00:00",
    "1969-12-31T23:59:59.999Z",
    "2099-12-31T00:00:00.000Z",
    "31.01.2026",
)
NUMBERS: Final = (
    *(0, 1, -1, 12.5, 0.333, 150.0, 1e-7, 1e21, 2147483648, -2147483649, 9007199254740993),
    *(1706700000, 1706700000000, True, False),
)
VALUES: Final[tuple[Any, ...]] = (*TEXTS, *DATES, *NUMBERS, None, ..., float("inf"), *CONTAINERS[:3])
IDS: Final[tuple[Any, ...]] = (
    *(
        "u1",
        "U1",
        " u1 ",
        "007",
        "0",
        "-5",
        "1.0",
        "true",
        "null",
        "undefined",
        "NaN",
        "None",
        "n/a",
        "unknown",
        "-",
    ),
    *("anonymous", "[object Object]", "a b&c=d/\u00e9", "ann@example.com", "Ann@Example.COM", "a\nb"),
    *("\u00e9", "e\u0301", "\U0001f600", "\u200b", "x" * 101, LONG),
    *("a%20b", "a+b", "a  b", "a\0b", "a\u00a0b", "a\u200bb", "\ufb01", "{{ a }}", "<b>&amp;", '"q"', "a\\b"),
    *("1e3", "1,000", "[]", "{}", "#1", "@", "https://A.example.com/", "\u0130"),
    *(0, 7, -5, 1.5, 77.0, -0.0, 1e-7, 0.000001, 1e21, 123456789012345678, -9007199254740993, 10**22 + 1),
    *("", " ", "\u00a0", None, ..., True, False, float("inf"), [], {"id": "u1"}),
)
# Without __proto__ and constructor: RudderStack's service refuses each call that has them.
NAMES: Final = (
    *("country", "Country", "COUNTRY", "two words", " blank ", "snake_case", "kebab-case", "", "_hidden"),
    *("a.b", "$a", "12", "1a", "n" * 191, "gr\u00f6\u00dfe", "e\u0301", "\U0001f600", "length", "null"),
    *("valueOf", "toJSON", "toString", "hasOwnProperty", "_id", "user_id", "company_id", "groupId"),
    *("anonymousId", "messageId", "timestamp", "type", "event", "status", "tags", "owner", "key", "value"),
    *("createdAt", "created_at", "updated_at", "signed_up_at", "session_count", "monthly_revenue"),
    *("unsubscribed", "unsubscribed_from_emails", "is_active", "title", "role", "address", "avatar"),
    *("description", "username", "age", "gender", "birthday", "given_name", "middleName", "fullName"),
    *("firstName", "lastName", "employees", "revenue", "currency", "products", "category", "label"),
    *("groupType", "parent", "companies", "company_name", "domain", "phone_number", "Email", "e-mail"),
    *("deleted", "remove", "metadata", "custom_attributes", "properties", "traits", "context"),
)
ADDRESS: Final = {"country": "DE", "city": "Berlin"}
OLD: Final = "2020-01-01T00:00:00.000Z"

# Names that look like a mapped one; as traits and properties they are attributes like any other.
LOOKALIKES: Final[dict[str, Any]] = {
    **dict.fromkeys(("user_id", "userID", "user", "company_id", "companyId", "group_id"), "look1"),
    **dict.fromkeys(("groupId", "anonymousId", "username", "fullName", "given_name", "phoneNumber"), "look2"),
    **dict.fromkeys(("session_count", "sessions", "employees", "monthly_revenue", "revenue", "mrr"), 99),
    **dict.fromkeys(("createdAt", "created_at", "signed_up_at", "timestamp", "event", "time"), OLD),
    **dict.fromkeys(("unsubscribed", "unsubscribed_from_emails", "unsubscribed_from_calls"), True),
    **dict.fromkeys(("Email", "email_address", "userEmail"), "look@example.com"),
    **dict.fromkeys(("id", "_id", "externalId"), "look4"),
    **dict.fromkeys(("is_churned", "company_name", "domain", "planName"), "look3"),
}
# Fields that no row reads, each with a value that looks as if it could be used.
UNREAD: Final[tuple[tuple[str, Any], ...]] = (
    *((name, f"top {name}") for name in ("user_id", "id", "name", "phone", "previousId", "rudderId")),
    *(("category", "c"), ("version", "2"), ("externalId", "e1"), ("sentAt", OLD), ("receivedAt", OLD)),
    *(("email", "top@example.com"), ("company", {"id": "c9"}), ("plan", "top"), ("channel", "sources")),
    *(("integrations", {"All": False, "Custify": False}), ("statusCode", 200), ("company_id", "c9")),
    *((f"context.{name}", f"context {name}") for name in ("userId", "anonymousId", "groupId", "messageId")),
    *((f"context.{name}", f"context {name}") for name in ("ip", "locale", "timezone")),
    *(("context.timestamp", OLD), ("context.email", "c@example.com"), ("context.active", False)),
    *(("context.mappedToDestination", True), ("context.library", {"name": "js"})),
    *(("context.page", {"url": "https://p.example.com", "title": "P"}), ("context.app", {"name": "app"})),
    *(("context.campaign", {"source": "s", "name": "n"}), ("context.device", {"id": "d1", "type": "ios"})),
    *(("context.externalId", [{"type": "custifyUserId", "id": "x1"}]), ("context.company", {"id": "c6"})),
    *((f"properties.{name}", f"property {name}") for name in ("userId", "id", "phone", "name", "plan")),
    *(("properties.email", "p@example.com"), ("properties.company", {"id": "c8"})),
    *(("properties.products", [{"id": 1}]), ("properties.traits", {"email": "q@example.com"})),
    *((f"{place}.address", ADDRESS) for place in ("traits", "context.traits", "properties")),
)
UNREAD_SETTINGS: Final[dict[str, Any]] = {
    **dict.fromkeys(("enableDeduplication", "sendAnonymousID", "useAnonymousId", "trackAnonymous"), True),
    "deduplicationfield": "order",
    "deduplication_field": "order",
    "dataCenter": "eu",
}
