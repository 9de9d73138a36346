"""The rules about people: who is upserted, found and deleted, and by which identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.api.lists import moment_key
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.kinds import read_identifier, read_named
from mock_custify.resources.adding import forget_everywhere, founded, founded_at, refuse_repeated
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES, CompanyUpsert
from mock_custify.resources.companies.rules import find_company, is_removed, upsert_company
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE, Person, PersonAnswer, identity_of
from mock_custify.resources.tags.model import TAGS
from mock_custify.resources.unknown_id import unknown_id
from mock_custify.values import changes_of, named, present
from mock_custify.workspace.custom_fields import check_attributes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.resources.companies.model import Company, CompanyLink
    from mock_custify.resources.people.model import PersonState, PersonUpsert
    from mock_custify.workspace.workspace import Workspace


def upsert_person(workspace: Workspace, request: PersonUpsert) -> Person:
    """Create the person that `request` names, or merge it into the stored one, and link companies.

    A field not given keeps its value; a listed company is added to the others, or taken away with `remove`.
    Raises InvalidRequestError or NotFoundError, with nothing changed.
    Source: vendor's API description, section 7; docs/decisions.md on unknown companies.
    """
    records, now = workspace.records, workspace.clock.stamp()
    identity = identity_of(request)
    known = identified(workspace, request, identity)
    person = (known or Person(id="", created_at=now, updated_at=now)).merged(request, identity, now)
    changes = changes_of(request.custom_attributes)
    check_attributes(workspace.limits, person.custom_attributes, changes)
    if known is None or person.user_id != known.user_id:
        refuse_taken(workspace, person)
    links = request.companies or ()
    for link in links:
        check_link(workspace, link)
    if known is None:
        person = structs.replace(person, id=records.ids.next())
    records[PEOPLE].put(person)
    records.fields.note("people", changes)
    for link in links:
        apply_link(workspace, person, link)
    return person


def identified(workspace: Workspace, request: PersonUpsert, given: dict[str, str]) -> Person | None:
    """Return the person that `request` names: by id, else user_id, else email; None when it is a new one.

    `given` are its user_id and its email, as far as it has them.
    An email finds a person who has no user_id yet, or anybody when the request has no user_id: with another
    user_id it is a separate person who shares the email.
    Source: vendor's API description, section 7, the table of identification.
    """
    people = workspace.records[PEOPLE]
    known = people.get(str(request.id)) if present(request.id) else None
    if known is not None:
        return known
    if not given:
        if present(request.id):
            raise NotFoundError(unknown_id(workspace, PEOPLE, request.id))
        raise InvalidRequestError(
            "user_id or email is required: without one of them a person cannot be identified"
        )
    user_id, email = given.get("user_id"), given.get("email")
    if user_id is not None and (known := people.find("user_id", user_id)):
        return known
    if email is None:
        return None
    return people.find("email" if user_id is None else "email_alone", email)


def refuse_taken(workspace: Workspace, person: Person) -> None:
    """Raise InvalidRequestError when another stored person has the user_id of `person`."""
    if person.user_id is None:
        return
    holder = workspace.records[PEOPLE].find("user_id", person.user_id)
    if holder is not None and holder.id != person.id:
        raise InvalidRequestError(f"user_id {person.user_id!r} belongs to another person ({holder.id})")


def check_link(workspace: Workspace, link: CompanyLink) -> None:
    """Raise InvalidRequestError when `link` names no company, or does not say whether to remove it."""
    company_id = read_named("companies: company_id", read_identifier, link.company_id)
    is_removed(link, "companies: remove")
    if not present(link.id) and company_id is None:
        raise InvalidRequestError("companies: each entry needs a company_id or an id")
    if present(link.id) and workspace.records[COMPANIES].get(str(link.id)) is None:
        raise InvalidRequestError(f"companies: {unknown_id(workspace, COMPANIES, link.id)}")


def apply_link(workspace: Workspace, person: Person, link: CompanyLink) -> None:
    """Associate the person with the company of a checked `link`, or dissociate them when it says `remove`."""
    records = workspace.records
    company = linked_company(workspace, link)
    if is_removed(link, "companies: remove"):
        if company is not None:
            records[MEMBERSHIPS].dissociate(person.id, company.id)
        return
    if company is None:
        company = upsert_company(workspace, CompanyUpsert(company_id=link.company_id))
    records[MEMBERSHIPS].associate(person.id, company.id)


def linked_company(workspace: Workspace, link: CompanyLink) -> Company | None:
    """Return the stored company that a checked `link` names, or None."""
    companies = workspace.records[COMPANIES]
    if present(link.id):
        return companies.get(str(link.id))
    return companies.find("company_id", read_identifier(link.company_id) or "")


def get_person(workspace: Workspace, person_id: str) -> Person:
    """Return the person of an internal id; raise NotFoundError."""
    person = workspace.records[PEOPLE].get(person_id)
    if person is None:
        raise NotFoundError(unknown_id(workspace, PEOPLE, person_id))
    return person


def find_person(workspace: Workspace, user_id: str | None, email: str | None) -> Person | None:
    """Return the stored person with the user id, else the oldest one with the email, or None."""
    people = workspace.records[PEOPLE]
    by_user_id = people.find("user_id", user_id) if user_id else None
    return by_user_id or (people.find("email", email) if email else None)


def delete_person(workspace: Workspace, person: Person) -> None:
    """Take the person out of the workspace, with its events, links and everything else about it."""
    forget_everywhere(workspace, person.id)
    workspace.records[PEOPLE].remove(person)


def referred_person(workspace: Workspace, reference: str) -> Person | None:
    """Return the person that a reference means: an internal id, else a user_id, else an email; or None."""
    return workspace.records[PEOPLE].get(reference) or find_person(workspace, reference, reference)


def people_of(workspace: Workspace, company_id: str) -> list[Person]:
    """Return the people of a company by its internal id, oldest first; those of an unknown one are none."""
    people = workspace.records[PEOPLE].by_id
    found = [people[person] for person in workspace.records[MEMBERSHIPS].people_of(company_id)]
    return sorted(found, key=lambda person: (moment_key(person.created_at), person.id))


def person_answer(workspace: Workspace, person: Person) -> PersonAnswer:
    """Return the person as an answer shows it, with its companies and when it was seen."""
    companies = workspace.records[MEMBERSHIPS].companies_of(person.id)
    first_seen_at, last_seen_at = workspace.records[EVENTS].spans.get(person.id, NEVER)
    return PersonAnswer(
        **structs.asdict(person),
        _id=person.id,
        customer_id=person.id,
        first_seen_at=first_seen_at,
        last_seen_at=last_seen_at,
        companies=companies,
        companyNames=names_of(workspace, companies) if companies else [],
        tagNames=tag_names(workspace, person) if person.tags else [],
    )


def company_names(workspace: Workspace, person: Person) -> list[str]:
    """Return the names of the companies of a person, without those that have none."""
    return names_of(workspace, workspace.records[MEMBERSHIPS].companies_of(person.id))


def names_of(workspace: Workspace, companies: Sequence[str]) -> list[str]:
    """Return the names of companies by their internal ids, without those that have none."""
    known = workspace.records[COMPANIES].by_id
    return [name for company in companies if (name := known[company].name) is not None]


def tag_names(workspace: Workspace, person: Person) -> list[str]:
    """Return the names of the tags of a person."""
    tags = workspace.records[TAGS]
    return [tag.name for tag_id in person.tags if (tag := tags.get(tag_id))]


NEVER: Final = (None, None)


@PEOPLE.adds
def add_person(aside: Workspace, entry: PersonState) -> None:
    """Store a person of a state, linked to the companies it lists."""
    if not (present(entry.user_id) or present(entry.email)):
        raise InvalidRequestError("each person of a state needs a user_id or an email")
    person = Person(**founded(aside, entry)).merged(entry, identity_of(entry), founded_at(aside, entry))
    refuse_repeated(aside.records[PEOPLE].get(person.id), person.id)
    refuse_taken(aside, person)
    aside.records[PEOPLE].put(person)
    aside.records.fields.note("people", changes_of(entry.custom_attributes))
    for link in entry.companies or ():
        company_id = link if isinstance(link, str) else link.id
        company = aside.records[COMPANIES].get(str(company_id)) or find_company(aside, linked_id(link))
        if company is None:
            raise InvalidRequestError(
                f"{person.user_id or person.email} lists a company that is not in the state"
            )
        aside.records[MEMBERSHIPS].associate(person.id, company.id)


def linked_id(link: str | CompanyLink) -> str:
    """Return the company_id that a link of a state names, or ""."""
    return "" if isinstance(link, str) else named(link.company_id) or ""


@PEOPLE.shows
def show_people(workspace: Workspace) -> list[PersonAnswer]:
    """Return all people as a state shows them."""
    return [person_answer(workspace, person) for person in workspace.records[PEOPLE]]
