"""The documentation's rules of association, and which of them a message comes under."""

from __future__ import annotations

from typing import Any, Final

from custify_transformer.documented.tables import COMPANY, MEMBER
from custify_transformer.documented.values import as_id
from custify_transformer.javascript import get

# Source: documentation page, "How RudderStack does the user-organization association", its table.
ROWS: Final = (
    {
        "userId": False,
        "groupId": False,
        "description": "User and the organization do not exist in Custify.",
        "behavior": "RudderStack creates a new user and organization in Custify and associates both.",
    },
    {
        "userId": False,
        "groupId": True,
        "description": "Organization exists in Custify but not the user.",
        "behavior": "RudderStack creates a new user and associates them with the organization.",
    },
    {
        "userId": True,
        "groupId": False,
        "description": "User exists in Custify but not the organization.",
        "behavior": "RudderStack creates a new organization and associates the user with it.",
    },
    {
        "userId": True,
        "groupId": True,
        "description": "Both the user and the organization exist in Custify",
        "behavior": "RudderStack does the user-organization association.",
    },
)
# Source: documentation page, "Removing users from an organization".
REMOVAL: Final = (
    "Then, it finds the organization corresponding to that ID and dissociates the user from the organization."
)


def association_of(message: Any) -> dict[str, Any]:
    """Return the rule for `message` as {"rows", "row", "note"}: the table, the index of its row, or a note.

    Both are None where no rule applies. A group comes under the row that fits the ids it carries; an
    identify may come under the removal.
    """
    kind = str(message.get("type")).strip().lower() if isinstance(message, dict) else ""
    if kind == "group":
        wanted = (carries(message, MEMBER["user_id"]), carries(message, COMPANY["company_id"]))
        row = next(index for index, row in enumerate(ROWS) if (row["userId"], row["groupId"]) == wanted)
        return {"rows": ROWS, "row": row, "note": None}
    removes = kind == "identify" and any(
        is_removal(get(message, path)) for path in ("context.traits.company", "traits.company")
    )
    return {"rows": ROWS, "row": None, "note": REMOVAL if removes else None}


def carries(message: dict[str, Any], paths: tuple[str, ...]) -> bool:
    """Tell whether one of the paths holds an id."""
    return any(as_id(get(message, path)) is not None for path in paths)


def is_removal(company: Any) -> bool:
    """Tell whether a company among the traits is to be left."""
    return isinstance(company, dict) and company.get("remove") in (True, "true")
