"""Mistakes with custom attributes, and with names that are made of parts."""

from __future__ import annotations

from typing import Any

from custify_contract.rules import tables
from custify_contract.rules.values import at
from support.planted_transformers.changes import (
    Fault,
    attribute,
    drop,
    edit,
    on_body,
    on_message,
    only,
    without,
    without_names,
)


def swap_traits(message: dict[str, Any]) -> None:
    """Let context.traits win over traits."""
    traits, context = message.get("traits"), at(message, "context.traits")
    if isinstance(traits, dict) and isinstance(context, dict) and message.get("type") == "identify":
        own = {key: value for key, value in traits.items() if key not in context}
        message["traits"] = {**own, **context}


ATTRIBUTE_FAULTS = (
    Fault(
        "a member has empty attributes",
        "group.odd-traits",
        only("group", on_body("/people", lambda body, _: body.setdefault("custom_attributes", {}))),
    ),
    Fault("context.traits win", "identify.attributes", on_message(swap_traits)),
    Fault(
        "attributes of context.traits are lost",
        "identify.attributes",
        on_message(lambda m: drop(m, "context.traits") if m.get("type") == "identify" else None),
    ),
    Fault(
        "attributes lose empty text",
        "identify.attributes",
        attribute("/people", lambda v: ... if v == "" else v),
    ),
    Fault(
        "attributes lose 0",
        "identify.attributes",
        attribute("/people", lambda v: ... if v == 0 and v is not False else v),
    ),
    Fault(
        "attributes lose false",
        "identify.attributes",
        attribute("/people", lambda v: ... if v is False else v),
    ),
    Fault("attributes are text", "identify.attributes", attribute("/people", str)),
    Fault(
        "attributes are trimmed",
        "identify.attributes",
        attribute("/people", lambda v: v.strip() if isinstance(v, str) else v),
    ),
    Fault(
        "attributes are cut",
        "identify.attributes",
        attribute("/people", lambda v: v[:255] if isinstance(v, str) else v),
    ),
    Fault(
        "attributes are rounded",
        "identify.attributes",
        attribute("/people", lambda v: int(v) if isinstance(v, float) else v),
    ),
    Fault(
        "attributes are in lower case",
        "identify.attributes",
        on_body(
            "/people",
            lambda body, _: (
                body.update(
                    custom_attributes={key.lower(): value for key, value in body["custom_attributes"].items()}
                )
                if "custom_attributes" in body
                else None
            ),
        ),
    ),
    Fault(
        "reserved names of people are lost",
        "identify.attributes",
        without_names("/people", "session_count", "signed_up_at", "user_id"),
    ),
    Fault(
        "parts of a name are no attributes",
        "identify.attributes",
        without_names("/people", "firstName", "last_name"),
    ),
    Fault("a company that is text is lost", "identify.attributes", without_names("/people", "company")),
    Fault(
        "attributes of companies lose 0",
        "group.attributes",
        attribute("/company", lambda v: ... if v == 0 and v is not False else v),
    ),
    Fault(
        "attributes of companies are lost",
        "group.attributes",
        on_body("/company", edit("custom_attributes", lambda _: ...)),
    ),
    Fault(
        "attributes of members are lost",
        "group.attributes",
        only("group", on_body("/people", edit("custom_attributes", lambda _: ...))),
    ),
    Fault(
        "reserved names of companies are lost",
        "group.attributes",
        without_names("/company", "monthly_revenue", "company_id", "churned"),
    ),
    Fault(
        "mapped traits come twice",
        "identify.attributes",
        on_body(
            "/people",
            lambda body, m: (
                body.setdefault("custom_attributes", {}).update(phone=1) if at(m, "traits.phone") else None
            ),
        ),
    ),
    Fault(
        "empty attributes are sent",
        "identify.odd-traits",
        on_body("/people", lambda body, _: body.setdefault("custom_attributes", {})),
    ),
    Fault(
        "the first name alone is lost",
        "identify.name-parts",
        on_body(
            "/people",
            lambda body, m: (
                body.pop("name", None)
                if " " not in str(body.get("name"))
                and not at(m, "traits.name")
                and not at(m, "context.traits.name")
                else None
            ),
        ),
    ),
    Fault(
        "the last name comes first",
        "identify.name-parts",
        on_body("/people", edit("name", lambda v: " ".join(reversed(str(v).split(" "))))),
    ),
    *(
        Fault(f"{place}.{part} is not read", "identify.name-parts", without(f"{place}.{part}", "identify"))
        for place in ("traits", "context.traits")
        for part in (*tables.FIRST, *tables.LAST)
    ),
    *(
        Fault(
            f"{part} of a member is not read",
            "group.member.name-parts",
            without(f"context.traits.{part}", "group"),
        )
        for part in (*tables.FIRST, *tables.LAST)
    ),
)
