"""Checks that laws are made of: on values, on single records, and on the whole state of a workspace."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from custify_contract.expected_state import state_after
from custify_contract.law import BrokenLawError
from custify_contract.observed_state import difference, name_of, same

if TYPE_CHECKING:
    from collections.abc import Collection

    from custify_contract.law import Step, Trial
    from custify_contract.observed_state import Json, ObservedState

NOT_FOUND: Final = 404


def expect(holds: object, text: str) -> None:
    """Raise BrokenLawError with `text` unless `holds`."""
    if not holds:
        raise BrokenLawError(text)


def expect_same(found: Any, wanted: Any, what: str) -> None:
    """Raise BrokenLawError unless both are the same JSON; in Python True equals 1, in JSON it does not."""
    if not same(found, wanted):
        raise BrokenLawError(f"{what}: expected {value_text(wanted)}, found {value_text(found)}")


def value_text(value: Any) -> str:
    """Return a value as text for an error."""
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def expect_accepted(trial: Trial) -> None:
    """Expect that no message of the case was refused, but for an event that Custify drops: it answers 404."""
    for step in trial.steps:
        expect(step.refusal is None or is_dropped(step), f"the message was refused: {step.refusal}")


def is_dropped(step: Step) -> bool:
    """Return whether a step ended with an event that names nobody in Custify."""
    if not step.responses:
        return False
    return step.requests[-1].endpoint.endswith("/event") and step.responses[-1].status == NOT_FOUND


def expect_person(state: ObservedState, name: str) -> Json:
    """Return the person with a user_id, who must exist exactly once, or the oldest one with an email.

    Several people may share an email; `expect_state` expects how many there are.
    """
    found = state.people_named(name)
    shared = [person for person in found if person.get("user_id") != name]
    text = f"the person {name} must exist exactly once, found {len(found)}"
    expect(len(found) == 1 or (found and shared == found), text)
    return found[0]


def expect_company(state: ObservedState, company_id: str) -> Json:
    """Return the company with a company_id, which must exist exactly once."""
    found = state.companies_named(company_id)
    expect(len(found) == 1, f"the company {company_id} must exist exactly once, found {len(found)}")
    return found[0]


def expect_new(trial: Trial, kind: str, count: int, what: str = "") -> None:
    """Expect that the workspace has `count` more records of a kind than before."""
    before, after = trial.before.sections()[kind], trial.after.sections()[kind]
    if before is not None and after is not None:
        expect_same(len(after) - len(before), count, what or f"new {kind}")


def companies_before(trial: Trial, name: str) -> list[str]:
    """Return the companies that a person was associated with before; none for a new person."""
    return [linked for found in trial.before.people_named(name) for linked in found["companies"]]


def expect_state(trial: Trial, start: ObservedState | None = None) -> None:
    """Expect the state that the requests of the trial lead to, in every record of the workspace."""
    wanted = state_after(trial.before if start is None else start, trial.requests)
    if trial.transformer.posts_companies:
        wanted = with_posted_companies(wanted, trial)
    expect_equal(trial.after, wanted, "the state is not what the requests lead to")


def with_posted_companies(wanted: ObservedState, trial: Trial) -> ObservedState:
    """Return `wanted` with the observed fields of each company that the transformer posted itself.

    These are the companies of the groups in the trial. The people of a company stay as they are in `wanted`.
    """
    groups = [step for step in trial.steps if is_group(step.message)]
    links = [link for step in groups for made in step.requests for link in made.body.get("companies", ())]
    posted = {str(link["company_id"]) for link in links}
    found = {one["company_id"]: one for one in trial.after.companies if one["company_id"] in posted}
    companies = (
        {**one, **found.get(one["company_id"], {}), "people": one["people"]} for one in wanted.companies
    )
    return replace(wanted, companies=tuple(companies))


def is_group(message: Any) -> bool:
    """Return whether a message is a group, with its type in any letter case."""
    return isinstance(message, dict) and str(message.get("type")).strip().lower() == "group"


def expect_unchanged(trial: Trial) -> None:
    """Expect that the state of the workspace did not change."""
    expect_equal(trial.after, trial.before, "nothing in the workspace may change")


def expect_equal(found: ObservedState, wanted: ObservedState, text: str) -> None:
    """Expect two states to be equal; the error lists the differences."""
    if found.events is None or wanted.events is None:
        wanted = replace(wanted, events=found.events, fields=found.fields)
    lines = difference(wanted, found)
    expect(not lines, f"{text} (expected -> found): " + "; ".join(lines))


def expect_only(trial: Trial, people: Collection[str] = (), companies: Collection[str] = ()) -> None:
    """Expect that no person and no company changed, except the named ones."""
    for kind, named in (("people", people), ("companies", companies)):
        before, after = others(trial.before, kind, named), others(trial.after, kind, named)
        expect(same(before, after), f"only {', '.join(sorted(named)) or 'nothing'} of the {kind} may change")


def others(state: ObservedState, kind: str, named: Collection[str]) -> list[Any]:
    """Return the records of a kind without the named ones; companies without their people."""
    if kind == "people":
        return [person for person in state.people if name_of(person) not in named]
    bare = ({**company, "people": None} for company in state.companies)
    return [company for company in bare if company["company_id"] not in named]


def without_dropped(state: ObservedState) -> ObservedState:
    """Return a state without dropped events: they are linked to no record and are never counted."""
    if state.events is None:
        return state
    return replace(state, events=tuple(event for event in state.events if not event.get("dropped")))
