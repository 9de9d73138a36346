"""Checks on whole workspaces: what had to follow, and that nothing else did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from custify_contract.law import Trial, expect
from custify_contract.model import Model, applied
from custify_contract.snapshot import Snapshot, difference, name_of, same

if TYPE_CHECKING:
    from collections.abc import Collection


def expect_state(trial: Trial, start: Snapshot | None = None) -> None:
    """Expect exactly what the requests ask for, in every record of the workspace."""
    wanted = applied(trial.before if start is None else start, trial.requests)
    if trial.transformer.calls_itself:
        wanted = with_unseen(wanted, trial)
    expect_equal(trial.after, wanted, "the workspace is not what the requests ask for")


def with_unseen(wanted: Snapshot, trial: Trial) -> Snapshot:
    """Return `wanted` with the fields of the companies that the transformer has posted itself as they are.

    These are the companies that the groups of the trial link; who belongs to them stays as it is wanted.
    """
    groups = [step for step in trial.steps if is_group(step.message)]
    links = [link for step in groups for made in step.requests for link in made.body.get("companies", ())]
    posted = {link["company_id"] for link in links}
    found = {one["company_id"]: one for one in trial.after.companies if one["company_id"] in posted}
    return replace(
        wanted,
        companies=tuple(
            {**one, **found.get(one["company_id"], {}), "people": one["people"]} for one in wanted.companies
        ),
    )


def is_group(message: Any) -> bool:
    """Tell whether a message is a group, in any spelling of its type."""
    return isinstance(message, dict) and str(message.get("type")).strip().lower() == "group"


def expect_unchanged(trial: Trial) -> None:
    """Expect the workspace as it was."""
    expect_equal(trial.after, trial.before, "nothing in the workspace may change")


def expect_equal(found: Snapshot, wanted: Snapshot, text: str) -> None:
    """Expect two workspaces to be the same; the text of a failure lists how they differ."""
    normal = Snapshot(wanted.people, wanted.companies, wanted.events, wanted.fields)
    if found.events is None or wanted.events is None:
        normal = Snapshot(wanted.people, wanted.companies, found.events, found.fields)
    lines = difference(normal, found)
    expect(not lines, f"{text} (wanted -> found): " + "; ".join(lines))


def expect_only(trial: Trial, people: Collection[str] = (), companies: Collection[str] = ()) -> None:
    """Expect every record but the named ones as it was."""
    for title, named in (("people", people), ("companies", companies)):
        before, after = others(trial.before, title, named), others(trial.after, title, named)
        expect(same(before, after), f"only {', '.join(sorted(named)) or 'nothing'} of the {title} may change")


def others(snapshot: Snapshot, title: str, named: Collection[str]) -> list[Any]:
    """Return the records of a kind that are not among the named ones; companies without their people."""
    if title == "people":
        return [person for person in snapshot.people if name_of(person) not in named]
    bare = ({**company, "people": None} for company in snapshot.companies)
    return [company for company in bare if company["company_id"] not in named]


def counting(snapshot: Snapshot) -> Snapshot:
    """Return a workspace without the events of nobody on record: these count nowhere, nor as repeats."""
    if snapshot.events is None:
        return snapshot
    return replace(snapshot, events=tuple(event for event in snapshot.events if not event.get("dropped")))


__all__ = ["Model", "counting", "expect_equal", "expect_only", "expect_state", "expect_unchanged", "others"]
