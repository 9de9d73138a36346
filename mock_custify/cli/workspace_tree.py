"""A workspace as a tree for the terminal: companies, their people, and how many events each has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rich.markup import escape
from rich.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS: Final = {"companies": "company", "people": "person", "memberships": "membership", "events": "event"}


def workspace_tree(state: dict[str, Any]) -> Tree:
    """Return the tree of a state: every company with its people, then the people without a company.

    `state` is what GET /_mock/state answers.
    """
    summary = ", ".join(counted(len(state[name]), name, one) for name, one in KINDS.items())
    dropped = sum(event["dropped"] is not None for event in state["events"])
    note = f" ({dropped} dropped: their person or company does not exist)" if dropped else ""
    tree = Tree(f"[bold]workspace[/]: {summary}{note}")
    events = Counter(event["person"] for event in state["events"])
    for company in state["companies"]:
        branch = tree.add(f"[cyan]{label(company, 'company_id')}[/]")
        members = [person for person in state["people"] if company["id"] in person["companies"]]
        add_people(branch, members, events)
    alone = [person for person in state["people"] if not person["companies"]]
    if alone:
        add_people(tree.add("[dim]people without a company[/]"), alone, events)
    return tree


def counted(number: int, many: str, one: str) -> str:
    """Return a number of things in words: 1 person, 2 people."""
    return f"{number} {one if number == 1 else many}"


def add_people(branch: Tree, people: Iterable[dict[str, Any]], events: Counter[str]) -> None:
    """Add the people to a branch, each with how many events it has."""
    for person in people:
        count = events[person["id"]]
        branch.add(
            label(person, "user_id", "email")
            + (f" [green]{count} event{'s' * (count > 1)}[/]" if count else "")
        )


def label(record: dict[str, Any], *identifiers: str) -> str:
    """Return how a record is shown: its name, and what identifies it."""
    known = [escape(str(record[name])) for name in identifiers if record[name] is not None]
    return f"{escape(record['name'] or '(no name)')} [dim]{' '.join(known)}[/]"
