"""Dynamic fields in the description of a task, such as {company:name}.

Source: vendor's API description, section 15. They are filled in when the description is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.people.fields import PERSON_FIELDS

if TYPE_CHECKING:
    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.people.model import Person
    from mock_custify.workspace.workspace import Workspace

DYNAMIC: Final = re.compile(r"\{(company|people):([^{}]+)\}")


def filled(workspace: Workspace, text: str, company: Company | None, person: Person | None) -> str:
    """Return a description with the values of its dynamic fields; one without a value becomes empty."""

    def value_of(found: re.Match[str]) -> str:
        kind, name = found.groups()
        record, fields = (company, COMPANY_FIELDS) if kind == "company" else (person, PERSON_FIELDS)
        value = fields.reader(workspace, name.strip())(record) if record else None
        return "" if value is None else str(value)

    return DYNAMIC.sub(value_of, text)
