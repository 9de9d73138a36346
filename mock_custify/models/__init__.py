"""The records of the fake, and the bodies and answers that they travel in."""

from mock_custify.models.company import Company, CompanyAnswer, CompanyUpsert, ParentCompany
from mock_custify.models.event import Event, EventPost
from mock_custify.models.person import CompanyLink, Person, PersonAnswer, PersonUpsert

__all__ = [
    "Company",
    "CompanyAnswer",
    "CompanyLink",
    "CompanyUpsert",
    "Event",
    "EventPost",
    "ParentCompany",
    "Person",
    "PersonAnswer",
    "PersonUpsert",
]
