"""Mistakes with companies: links, removals and the traits of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_contract.rules.values import at
from support.planted_transformers.changes import (
    Fault,
    Wrapper,
    edit,
    from_message,
    on_body,
    on_message,
    only,
    preferring,
    put,
    true_to_text,
    without,
    without_names,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def remove_as(convert: Callable[[Any], Any]) -> Wrapper:
    """Return a fault that reads company.remove with `convert`."""

    def change(message: dict[str, Any]) -> None:
        for place in ("traits.company", "context.traits.company"):
            company = at(message, place)
            if isinstance(company, dict) and "remove" in company:
                company["remove"] = convert(company["remove"])

    return on_message(change)


def link_more(company: str) -> Wrapper:
    """Return a fault that also links a group to a remembered company."""

    def apply(body: dict[str, Any], message: Any) -> None:
        company_id = at(message, company)
        if message.get("type") == "group" and isinstance(company_id, str) and company_id.strip():
            body["companies"].append({"company_id": company_id, "remove": False})

    return on_body("/people", apply)


COMPANY_FAULTS = (
    Fault("a boolean names a company", "group.id-places", on_message(lambda m: true_to_text(m, "groupId"))),
    Fault("remove is any true value", "removal.any-value", remove_as(bool)),
    Fault("remove is never read", "removal.any-value", remove_as(lambda _: False)),
    Fault("the text true does not remove", "removal.any-value", remove_as(lambda v: v is True)),
    Fault(
        "remove is not sent as false",
        "removal.any-value",
        on_body(
            "/people",
            lambda body, _: [
                link.pop("remove") for link in body.get("companies", ()) if link.get("remove") is False
            ],
        ),
    ),
    Fault(
        "remove is text",
        "removal.any-value",
        on_body(
            "/people",
            lambda body, _: [link.update(remove=str(link["remove"])) for link in body.get("companies", ())],
        ),
    ),
    Fault(
        "the company of traits wins",
        "removal.company-places",
        preferring("traits.company.id", "context.traits.company.id", "identify"),
    ),
    Fault(
        "the company of traits is not read", "removal.company-places", without("traits.company", "identify")
    ),
    Fault(
        "the company of context.traits is not read",
        "removal.company-places",
        without("context.traits.company", "identify"),
    ),
    Fault(
        "a numeric company id stays a number",
        "removal.company-places",
        on_body(
            "/people",
            lambda body, _: [
                link.update(company_id=int(link["company_id"]))
                for link in body.get("companies", ())
                if link["company_id"].isdigit()
            ],
        ),
    ),
    Fault(
        "groupId links in an identify",
        "removal.odd-company",
        only(
            "identify",
            on_message(
                lambda m: put(m, "context.traits.company", {"id": m["groupId"]}) if "groupId" in m else None
            ),
        ),
    ),
    Fault(
        "a company that is text links",
        "removal.odd-company",
        only(
            "identify",
            on_message(
                lambda m: (
                    put(m, "traits.company", {"id": at(m, "traits.company")})
                    if isinstance(at(m, "traits.company"), str)
                    else None
                )
            ),
        ),
    ),
    Fault(
        "a group links to a remembered company, too",
        "group.remembered-company",
        link_more("context.traits.company.id"),
    ),
    Fault(
        "a group links to the company of its traits, too",
        "group.remembered-company",
        link_more("traits.company.id"),
    ),
    Fault(
        "a remembered company replaces the groupId",
        "group.remembered-company",
        on_message(
            lambda m: (
                put(m, "groupId", at(m, "context.traits.company.id"))
                if m.get("type") == "group"
                and isinstance(at(m, "context.traits.company.id"), str)
                and at(m, "context.traits.company.id").strip()
                else None
            )
        ),
    ),
    Fault(
        "a remembered remove parts",
        "group.remembered-company",
        on_body(
            "/people",
            lambda body, m: (
                body["companies"][0].update(remove=at(m, "context.traits.company.remove") is True)
                if m.get("type") == "group"
                else None
            ),
        ),
    ),
    Fault(
        "a group does not link",
        "group.id-places",
        only("group", on_body("/people", edit("companies", lambda _: ...))),
    ),
    Fault(
        "a group links to groupId in lower case",
        "group.id-places",
        only(
            "group",
            on_body(
                "/people",
                lambda body, _: body["companies"][0].update(
                    company_id=body["companies"][0]["company_id"].lower()
                ),
            ),
        ),
    ),
    Fault("the country of a removal is lost", "removal.dissociates", without_names("/people", "country")),
    Fault(
        "a company names its person",
        "group.traits-of-both",
        only(
            "group",
            on_message(
                lambda m: (
                    put(m, "context.traits.firstName", at(m, "traits.firstName"))
                    if not at(m, "context.traits.firstName") and at(m, "traits.firstName")
                    else None
                )
            ),
        ),
    ),
    Fault(
        "a company's phone is its person's",
        "group.traits-of-both",
        only("group", from_message("/people", "phone", "traits.phone")),
    ),
    Fault(
        "a company's date is its person's",
        "group.traits-of-both",
        only("group", from_message("/people", "signed_up_at", "traits.signedUpAt")),
    ),
    Fault(
        "a company has a signed_up_at",
        "group.traits-of-both",
        from_message("/company", "signed_up_at", "traits.signedUpAt"),
    ),
    Fault(
        "a company has an email", "group.traits-of-both", from_message("/company", "email", "traits.email")
    ),
    Fault(
        "a person's plan is the company's",
        "group.traits-of-both",
        from_message("/company", "plan", "context.traits.plan"),
    ),
    Fault(
        "a group has the time of the message",
        "group.traits-of-both",
        only("group", from_message("/people", "signed_up_at", "timestamp")),
    ),
    Fault("the sample's traits are not lifted", "group.sample-places", without("traits.traits", "group")),
    Fault("the sample's context is not lifted", "group.sample-places", without("traits.context", "group")),
)
