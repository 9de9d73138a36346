"""Who belongs to which company, seen from both sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from mock_custify.values import Text
from mock_custify.workspace.section import Section


class Membership(Struct, kw_only=True):
    """A link between a person (by user_id, or else by email) and a company."""

    company_id: Text
    user_id: Text | None = None
    email: Text | None = None


class Associations:
    """Links between people and companies by internal id; both sides always agree.

    People have few companies and companies many people, hence a tuple on the one side, which is small,
    and a dict on the other, which is fast.
    """

    def __init__(self) -> None:
        self.companies: dict[str, tuple[str, ...]] = {}
        self.people: dict[str, dict[str, None]] = {}

    def associate(self, person: str, company: str) -> None:
        """Link the two; a link that exists stays as it is."""
        linked = self.companies.get(person, ())
        if company not in linked:
            self.companies[person] = (*linked, company)
            self.people.setdefault(company, {})[person] = None

    def dissociate(self, person: str, company: str) -> None:
        """Unlink the two; it is no error when they are not linked."""
        kept = tuple(linked for linked in self.companies.pop(person, ()) if linked != company)
        if kept:
            self.companies[person] = kept
        people = self.people.get(company, {})
        people.pop(person, None)
        if not people:
            self.people.pop(company, None)

    def companies_of(self, person: str) -> tuple[str, ...]:
        """Return the ids of the companies of a person, in the order they were linked."""
        return self.companies.get(person, ())

    def people_of(self, company: str) -> list[str]:
        """Return the ids of the people of a company, in the order they were linked."""
        return list(self.people.get(company, ()))

    def count_people(self, company: str) -> int:
        """Return how many people belong to a company."""
        return len(self.people.get(company, ()))

    def forget_person(self, person: str) -> None:
        """Drop every link of a person."""
        for company in self.companies_of(person):
            self.dissociate(person, company)

    def forget_company(self, company: str) -> None:
        """Drop every link of a company."""
        for person in self.people_of(company):
            self.dissociate(person, company)

    def __len__(self) -> int:
        """Return how many links there are."""
        return sum(map(len, self.companies.values()))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Return each link as (person id, company id)."""
        return ((person, company) for person, linked in self.companies.items() for company in linked)

    def copy(self) -> Associations:
        """Return a copy that shares nothing which can change."""
        twin = Associations()
        twin.companies = dict(self.companies)
        twin.people = {company: dict(linked) for company, linked in self.people.items()}
        return twin


MEMBERSHIPS: Final = Section("memberships", Membership, Associations)
