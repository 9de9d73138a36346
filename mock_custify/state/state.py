"""The whole workspace as JSON, and back: what GET and PUT /_mock/state exchange."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from msgspec import UNSET, structs

from mock_custify.errors import InvalidRequestError
from mock_custify.resources.calculated_metrics.rules import add_calculated_metric
from mock_custify.resources.companies.answers import company_answers
from mock_custify.resources.companies.model import Company
from mock_custify.resources.companies.rules import find_company, refuse_taken_company_id
from mock_custify.resources.events.rules import event_of, named
from mock_custify.resources.health_scores.rules import add_health_score, add_health_score_value
from mock_custify.resources.lifecycles.rules import add_lifecycle
from mock_custify.resources.meetings.rules import add_meeting
from mock_custify.resources.notes.rules import add_note
from mock_custify.resources.nps_scores.rules import add_nps_score
from mock_custify.resources.objectives.rules import add_objective
from mock_custify.resources.people.model import CompanyLink, Person
from mock_custify.resources.people.rules import find_person, person_answer, refuse_taken
from mock_custify.resources.playbooks.rules import add_playbook, add_playbook_run
from mock_custify.resources.segments.rules import add_segment
from mock_custify.resources.signals.rules import add_signal
from mock_custify.resources.tags.rules import add_tag
from mock_custify.resources.tasks.rules import add_task
from mock_custify.values import as_moment, changes_of, present, read_date
from mock_custify.workspace.records import Records
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mock_custify.state.form import CompanyState, EventState, Membership, PersonState, StatePut

# The sections that hold records with the same form in a state, in the workspace and in an answer; the
# order is that of putting them on record.
SECTIONS: Final[Mapping[str, Callable[[Workspace, Any], object]]] = {
    "tags": add_tag,
    "notes": add_note,
    "tasks": add_task,
    "segments": add_segment,
    "playbooks": add_playbook,
    "playbook_runs": add_playbook_run,
    "health_scores": add_health_score,
    "health_score_values": add_health_score_value,
    "calculated_metrics": add_calculated_metric,
    "lifecycles": add_lifecycle,
    "objectives": add_objective,
    "signals": add_signal,
    "meetings": add_meeting,
    "nps_scores": add_nps_score,
}


def state_of(workspace: Workspace) -> dict[str, Any]:
    """Return the whole workspace; put back, it gives the same workspace again."""
    records = workspace.records
    return {
        "people": [person_answer(workspace, person) for person in records.people],
        "companies": company_answers(workspace, records.companies),
        "memberships": memberships(records),
        "events": list(records.events),
        "custom_fields": records.fields.types,
        **{name: list(getattr(records, name)) for name in SECTIONS},
    }


def memberships(records: Records) -> list[dict[str, str | None]]:
    """Return who belongs to which company, as {"user_id", "email", "company_id"}, the oldest person first."""
    return [
        {
            "user_id": person.user_id,
            "email": person.email,
            "company_id": records.companies.by_id[company].company_id,
        }
        for person in records.people
        for company in records.associations.companies_of(person.id)
    ]


def wiped(records: Records) -> dict[str, int]:
    """Return how many records of each kind there are."""
    return {
        "people": len(records.people),
        "companies": len(records.companies),
        "memberships": sum(1 for _ in records.associations),
        "events": len(records.events),
        **{name: len(getattr(records, name)) for name in SECTIONS},
    }


def build_records(workspace: Workspace, state: StatePut) -> Records:
    """Return the records that `state` describes, for `workspace` to take over.

    They are built aside: raises InvalidRequestError for a record without identity, a repeated one, a date
    that is none, or a link to a record that is missing, and the workspace has not changed.
    """
    aside = Workspace()
    aside.clock = workspace.clock
    aside.records = Records(ids=workspace.records.ids.copy())
    for part in (state.companies, state.people, state.events, *(getattr(state, name) for name in SECTIONS)):
        for entry in part:
            aside.records.ids.skip(str(entry.id))
    for company in state.companies:
        add_company(aside, company)
    for person in state.people:
        add_person(aside, person)
    for membership in state.memberships:
        add_membership(aside, membership)
    for event in state.events:
        add_event(aside, event)
    for name, add in SECTIONS.items():
        for index, entry in enumerate(getattr(state, name)):
            with placed_at(f"{name}[{index}]"):
                add(aside, entry)
    aside.records.fields.keep(structs.asdict(state.custom_fields))
    return aside.records


@contextmanager
def placed_at(place: str) -> Iterator[None]:
    """Say in each refusal in which entry of a state the mistake is."""
    try:
        yield
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{place}: {error}") from error


def add_company(aside: Workspace, entry: CompanyState) -> None:
    """Put a company of a state on record."""
    if not present(entry.company_id):
        raise InvalidRequestError("companies: each company of a state needs a company_id")
    company = Company(company_id="", **founded(aside, entry)).merged(entry, founded_at(aside, entry))
    refuse_repeated(aside.records.companies.get(company.id), company.id)
    refuse_taken_company_id(aside, company)
    aside.records.companies.put(company)
    aside.records.fields.note("companies", changes_of(entry.custom_attributes))


def add_person(aside: Workspace, entry: PersonState) -> None:
    """Put a person of a state on record, linked to the companies it lists."""
    if not (present(entry.user_id) or present(entry.email)):
        raise InvalidRequestError("people: each person of a state needs a user_id or an email")
    person = Person(**founded(aside, entry)).merged(entry, founded_at(aside, entry))
    refuse_repeated(aside.records.people.get(person.id), person.id)
    refuse_taken(aside, person)
    aside.records.people.put(person)
    aside.records.fields.note("people", changes_of(entry.custom_attributes))
    for link in entry.companies or ():
        company_id = link if isinstance(link, str) else link.id
        company = aside.records.companies.get(str(company_id)) or find_company(aside, linked_id(link))
        if company is None:
            raise InvalidRequestError(
                f"people: {person.user_id or person.email} lists a company that is missing"
            )
        aside.records.associations.associate(person.id, company.id)


def linked_id(link: str | CompanyLink) -> str:
    """Return the company_id that a link of a state names, or ""."""
    return "" if isinstance(link, str) else named(link.company_id) or ""


def founded(aside: Workspace, entry: PersonState | CompanyState) -> dict[str, Any]:
    """Return the id, the time and the tags that an entry of a state brings, or fresh ones."""
    now = aside.clock.stamp()
    return {
        "id": str(entry.id) if present(entry.id) else aside.records.ids.next(),
        "created_at": now if entry.created_at is UNSET else as_moment(entry.created_at),
        "updated_at": now,
        "tags": entry.tags,
    }


def founded_at(aside: Workspace, entry: PersonState | CompanyState) -> str:
    """Return when an entry of a state was last changed."""
    return aside.clock.stamp() if entry.updated_at is UNSET else as_moment(entry.updated_at)


def refuse_repeated(known: object, record_id: str) -> None:
    """Raise InvalidRequestError when an id stands in a state twice."""
    if known is not None:
        raise InvalidRequestError(f"the id {record_id!r} stands in the state twice")


def add_membership(aside: Workspace, entry: Membership) -> None:
    """Link a person and a company of a state."""
    person = find_person(aside, named(entry.user_id), named(entry.email))
    company = find_company(aside, named(entry.company_id) or "")
    if person is None or company is None:
        raise InvalidRequestError(
            f"memberships: {structs.asdict(entry)} names a record that the state does not hold"
        )
    aside.records.associations.associate(person.id, company.id)


def add_event(aside: Workspace, entry: EventState) -> None:
    """Put an event of a state on record."""
    changes = {name: value for name in EVENT_LINKS if (value := getattr(entry, name)) is not UNSET}
    event = structs.replace(event_of(aside, entry), **changes)
    read_date(event.received_at)
    aside.records.events.add(event if event.id else structs.replace(event, id=aside.records.ids.next()))


EVENT_LINKS: Final = ("id", "received_at", "person", "company", "dropped")
