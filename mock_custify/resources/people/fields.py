"""The fields of people, as filters, sorting and the list of attributes name them."""

from __future__ import annotations

from typing import Final

from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.fields import Fields
from mock_custify.resources.people.model import FIELDS, PEOPLE
from mock_custify.resources.people.rules import NEVER, company_names, tag_names

PERSON_FIELDS: Final = Fields(
    section=PEOPLE,
    types={
        "user_id": "String",
        "email": "String",
        **{name: kind.field_type for name, kind in FIELDS.items()},
        "first_seen_at": "Date",
        "last_seen_at": "Date",
        "companies": "Company",
        "companyNames": "Dropdown",
        "buckets": "Segment",
        "tags": "Tag",
        "created_at": "Date",
        "updated_at": "Date",
    },
    computed={
        "first_seen_at": lambda workspace, person: workspace.records[EVENTS].spans.get(person.id, NEVER)[0],
        "last_seen_at": lambda workspace, person: workspace.records[EVENTS].spans.get(person.id, NEVER)[1],
        "companies": lambda workspace, person: workspace.records[MEMBERSHIPS].companies_of(person.id),
        "companyNames": company_names,
        "tagNames": tag_names,
    },
    stored={"_id": "id", "customer_id": "id", "company": "companies", "company_id": "companies"},
)
