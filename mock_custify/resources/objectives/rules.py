"""The rules about objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import UNSET, structs

from mock_custify.api.filters.grammar import compiled
from mock_custify.api.lists import field_reader, matching, newest_first, ordered
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.companies.rules import find_company, get_company, referred_company
from mock_custify.resources.objectives.model import OBJECTIVES, Collaborator, Objective
from mock_custify.resources.people.rules import referred_person
from mock_custify.resources.users import find_user
from mock_custify.values import as_number, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.api.filters.model import Filter, Sorting
    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.people.model import Person
    from mock_custify.resources.users import User
    from mock_custify.workspace.workspace import Workspace

CUSTOMER: Final = "Customer"
TEXTS: Final = ("importance", "risk", "valueBaseline", "valueTarget", "valueCurrent")
read_field: Final = field_reader(Objective)


@OBJECTIVES.adds
def add_objective(workspace: Workspace, objective: Objective) -> None:
    """Store an objective of a state under the company it names."""
    company = referred_company(workspace, objective.company or objective.company_id or "")
    assignee = referred(workspace, objective.assignedTo)
    given = None if objective.assignedToName is UNSET else objective.assignedToName
    changes: dict[str, Any] = {name: named(getattr(objective, name)) for name in TEXTS}
    if company is not None:
        changes |= {"company": company.id, "company_id": company.company_id}
    changes["health"] = None if objective.health is None else as_number(objective.health)
    changes["assignedTo"] = assignee.id if assignee else objective.assignedTo
    changes["assignedToName"] = assignee.name if assignee else given
    changes["collaborators"] = tuple(collaborator(workspace, one) for one in objective.collaborators)
    place(workspace, OBJECTIVES, structs.replace(objective, **changes))


def referred(workspace: Workspace, reference: str | None) -> User | Person | None:
    """Return the user or the person that a reference means, or None, also for the word Customer."""
    if not reference or reference == CUSTOMER:
        return None
    return find_user(workspace, reference) or referred_person(workspace, reference)


def collaborator(workspace: Workspace, given: Collaborator | str) -> Collaborator:
    """Return who works on an objective, with the internal id and the name of a stored user or person."""
    one = Collaborator(entity=given) if isinstance(given, str) else given
    known = referred(workspace, one.entity)
    return Collaborator(entity=known.id, name=one.name or known.name) if known else one


def find_objectives(
    workspace: Workspace, company: Company, filters: Sequence[Filter], sorting: Sorting | None
) -> list[Objective]:
    """Return the objectives of a company, newest first unless sorted; raise InvalidRequestError."""
    now = workspace.clock.now()
    asked = [
        (read_field(given.fieldName), compiled(given, now, f"filters[{index}]"))
        for index, given in enumerate(filters)
    ]
    records = [one for one in workspace.records[OBJECTIVES] if one.company == company.id]
    found = newest_first(matching(records, asked))
    return ordered(found, sorting, read_field(sorting.field if sorting else ""))


def company_asked(workspace: Workspace, company: str | None, company_id: str | None) -> Company:
    """Return the company that a query names; raise InvalidRequestError for none, NotFoundError."""
    if company:
        return get_company(workspace, company)
    if not company_id:
        raise InvalidRequestError("company or company_id is required: objectives are listed for one company")
    known = find_company(workspace, company_id)
    if known is None:
        raise NotFoundError(f"there is no company with the company_id {company_id!r}")
    return known


@OBJECTIVES.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the objectives of a deleted company out, and a deleted person out of the others."""
    objectives = workspace.records[OBJECTIVES]
    for objective in list(objectives):
        if objective.company == record_id:
            objectives.remove(objective)
        elif (left := without(objective, record_id)) != objective:
            objectives.put(left)


def without(objective: Objective, person: str) -> Objective:
    """Return the objective without a person; one that was assigned to it stays with the customer."""
    others = [one for one in objective.collaborators if getattr(one, "entity", None) != person]
    left = structs.replace(objective, collaborators=tuple(others))
    if objective.assignedTo == person:
        left = structs.replace(left, assignedTo=CUSTOMER, assignedToName=None)
    return left
