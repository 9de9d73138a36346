"""The rules about objectives."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.api.filters.grammar import compiled
from mock_custify.api.lists import matching, ordered
from mock_custify.resources.adding import place
from mock_custify.resources.companies.rules import find_company, referred_company
from mock_custify.resources.objectives.model import OBJECTIVES, Objective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.api.filters.model import Filter, Sorting
    from mock_custify.api.lists import Reader
    from mock_custify.workspace.workspace import Workspace

NAMES: Final = frozenset(Objective.__struct_fields__)


@OBJECTIVES.adds
def add_objective(workspace: Workspace, objective: Objective) -> None:
    """Put an objective of a state on record under the company it names."""
    company = referred_company(workspace, objective.company or objective.company_id or "")
    if company is not None:
        objective = structs.replace(objective, company=company.id, company_id=company.company_id)
    place(workspace, OBJECTIVES, objective)


def find_objectives(
    workspace: Workspace, company: str | None, filters: Sequence[Filter], sorting: Sorting | None
) -> list[Objective]:
    """Return the objectives of a company by its internal id, of all for None; raise InvalidRequestError."""
    now = workspace.clock.now()
    asked = [
        (field_reader(given.fieldName), compiled(given, now, f"filters[{index}]"))
        for index, given in enumerate(filters)
    ]
    records = [one for one in workspace.records[OBJECTIVES] if company is None or one.company == company]
    return ordered(matching(records, asked), sorting, field_reader(sorting.field if sorting else ""))


def company_asked(workspace: Workspace, company: str | None, company_id: str | None) -> str | None:
    """Return the internal id of the company that a query names, None for none, "" for an unknown one."""
    if company or not company_id:
        return company or None
    known = find_company(workspace, company_id)
    return known.id if known else ""


def field_reader(name: str) -> Reader:
    """Return the function that reads a field of an objective; a name that is no field is null everywhere."""
    return attrgetter(name) if name in NAMES else lambda _objective: None
