"""What may exist in Custify before a message comes: people, companies and links, from the small pools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.strategies import EMAILS, GROUPS, NAMES, USERS, as_text

if TYPE_CHECKING:
    from custify_contract.choices import Choices

Setup = tuple[tuple[str, Any], ...]

USER_IDS: Final = tuple(as_text(user) for user in USERS)
COMPANY_IDS: Final = tuple(as_text(company) for company in GROUPS)
WORLD_SIZE: Final = 16  # bytes that `world` reads


def world(choices: Choices, *, present: tuple[str, ...] = (), absent: tuple[str, ...] = ()) -> Setup:
    """Return the calls that make some of the pool's people and companies, and links between them.

    Those in `present` exist for certain, those in `absent` do not; where a link needs a company, it exists.
    """
    companies = {name: choices.number(3) for name in COMPANY_IDS}
    known = [name for name in COMPANY_IDS if name not in absent and (companies[name] or name in present)]
    people = [
        (name, choices.number(4), choices.maybe(known or [""]), choices.pick(NAMES)) for name in USER_IDS
    ]
    return (
        *(("/company", company_body(name, companies[name])) for name in known),
        *(
            ("/people", person_body(name, kind, link or None, called))
            for name, kind, link, called in people
            if name not in absent and (kind or name in present)
        ),
    )


def company_body(company_id: str, kind: int) -> dict[str, Any]:
    """Return a company on record: bare, or with a few fields."""
    filled = {
        "name": f"Company {company_id}",
        "plan": "Free",
        "custom_attributes": {"region": "EU", "tier": 1},
    }
    return {"company_id": company_id, **(filled if kind > 1 else {})}


def person_body(user_id: str, kind: int, link: str | None, called: str) -> dict[str, Any]:
    """Return a person on record: bare, with an email, or with a few fields."""
    email = {"email": EMAILS[user_id]} if kind > 1 else {}
    filled = {"name": called, "session_count": 3, "custom_attributes": {"country": "DE", "seats": 2}}
    links = {"companies": [{"company_id": link}]} if link else {}
    return {"user_id": user_id, **email, **(filled if kind > 2 else {}), **links}  # noqa: PLR2004 - the fullest
