"""Mistakes with ids that have unusual characters, and with places that look like the place of an id."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from custify_contract.rules.values import at
from support.planted_transformers.changes import Fault, drop, edit, on_body, on_message, only, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.planted_transformers.changes import Wrapper

CHANGES: dict[str, Callable[[str], str]] = {
    "url-decoded": unquote,
    "without NUL": lambda text: text.replace("\0", ""),
    "with single blanks": lambda text: text.replace("  ", " "),
    "with plain blanks": lambda text: text.replace("\u00a0", " "),
    "without invisible characters": lambda text: text.replace("\u200b", "").strip() or text,
    "in compatible characters": lambda text: unicodedata.normalize("NFKC", text),
    "without templates": lambda text: text.replace("{{ a }}", ""),
    "without quotes": lambda text: text.strip('"'),
    "with escaped HTML": lambda text: text.replace("<", "&lt;"),
}
IDS = (("/people", "user_id", "identify.values"), ("/company", "company_id", "group.values"))


def text_edit(path: str, field: str, change: Callable[[str], str]) -> Wrapper:
    """Return a fault that changes an id."""
    return on_body(path, edit(field, change))


def company_named_by(name: str) -> Wrapper:
    """Return a fault that reads the id of a company from another name."""

    def change(message: dict[str, Any]) -> None:
        for place in ("traits.company", "context.traits.company"):
            company = at(message, place)
            if isinstance(company, dict) and "id" not in company and name in company:
                company["id"] = company[name]

    return only("identify", on_message(change))


def anonymous_from(path: str) -> Wrapper:
    """Return a fault that takes the anonymousId from another place if there is none."""
    return on_message(
        lambda message: None if message.get("anonymousId") else put(message, "anonymousId", at(message, path))
    )


def lift_deeper(message: dict[str, Any]) -> None:
    """Read traits that are two levels below the traits of a group."""
    deeper = at(message, "traits.traits.traits")
    if isinstance(deeper, dict):
        message["traits"]["traits"] |= deeper


ODD_ID_FAULTS = (
    *(
        Fault(f"{field} is sent {name}", law, text_edit(path, field, change))
        for path, field, law in IDS
        for name, change in CHANGES.items()
    ),
    *(
        Fault(f"company.{name} names a company", "removal.odd-company", company_named_by(name))
        for name in ("company_id", "companyId", "groupId", "_id", "key")
    ),
    *(
        Fault(
            f"{place}.anonymousId is read",
            "message.anonymous-beside-user",
            anonymous_from(f"{place}.anonymousId"),
        )
        for place in ("context", "context.traits", "traits", "properties")
    ),
    Fault(
        "the user id of the sample's context is not read",
        "group.sample-places",
        only("group", on_message(lambda message: drop(message, "traits.context.traits.userId"))),
    ),
    Fault(
        "traits of a group are lifted twice", "group.sample-places", only("group", on_message(lift_deeper))
    ),
)
