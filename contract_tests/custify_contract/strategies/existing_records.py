"""Records that exist in Custify before a message: people, companies and associations from the pools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.strategies.messages import SIZE
from custify_contract.strategies.pools import COMPANY_IDS, EMAILS, FRESH_EMAILS, NAMES, USER_IDS

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices
    from custify_contract.targets import Calls

RECORDS_SIZE: Final = 17  # bytes that `existing_records` reads
CASE_SIZE: Final = RECORDS_SIZE + SIZE  # for existing records and one message
SHARING: Final = tuple(("/people", {"user_id": name, "email": FRESH_EMAILS[0]}) for name in ("s1", "s2"))


def existing_records(
    choices: ByteChoices, *, present: tuple[str, ...] = (), absent: tuple[str, ...] = ()
) -> Calls:
    """Return the calls that create some people and companies of the pools, and associations between them.

    The ids in `present` exist for certain, those in `absent` do not exist. Sometimes two more people share an
    email that messages use too.
    """
    companies = {name: choices.number(3) for name in COMPANY_IDS}
    known = [name for name in COMPANY_IDS if name not in absent and (companies[name] or name in present)]
    people = [
        (name, choices.number(4), choices.maybe(known or [""]), choices.pick(NAMES)) for name in USER_IDS
    ]
    return (
        *(("/company", company_body(name, companies[name])) for name in known),
        *(
            ("/people", person_body(name, fields, company or None, full_name))
            for name, fields, company, full_name in people
            if name not in absent and (fields or name in present)
        ),
        *(SHARING if choices.number(4) == 3 else ()),  # noqa: PLR2004 - one in four
    )


def company_body(company_id: str, fields: int) -> dict[str, Any]:
    """Return a company with its id only, or with a few fields if `fields` is 2."""
    attributes = {"region": "EU", "tier": 1}
    filled = {
        "name": f"Company {company_id}",
        "plan": "Free",
        "churned": True,
        "custom_attributes": attributes,
    }
    return {"company_id": company_id, **(filled if fields > 1 else {})}


def person_body(user_id: str, fields: int, company_id: str | None, name: str) -> dict[str, Any]:
    """Return a person with the user_id only, with an email if `fields` is 2, with more fields if it is 3."""
    email = {"email": EMAILS[user_id]} if fields > 1 else {}
    filled: dict[str, Any] = {"name": name, "session_count": 3, "unsubscribed_from_calls": True}
    filled |= {"custom_attributes": {"country": "DE", "seats": 2}}
    links = {"companies": [{"company_id": company_id}]} if company_id else {}
    return {"user_id": user_id, **email, **(filled if fields > 2 else {}), **links}  # noqa: PLR2004 - most fields
