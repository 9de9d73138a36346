"""A section of a state: one kind of record, as GET and PUT /_mock/state list it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mock_custify.workspace.workspace import Workspace

H_co = TypeVar("H_co", covariant=True)
T = TypeVar("T")


class Section(Generic[H_co]):
    """One kind of record; `records[section]` is what holds the records of a workspace, made by `holder`.

    `name` is the key in a state, `entry` the type of an entry there. The rules of the resource say with
    `adds` how an entry is stored and, when it is not printed as it is, with `shows` how.
    """

    def __init__(self, name: str, entry: Any, holder: Callable[[], H_co]) -> None:
        self.name = name
        self.entry = entry
        self.holder = holder
        self.add: Callable[[Workspace, Any], object] = no_rule
        self.forget: Callable[[Workspace, str], object] = keep_all
        self.show: Callable[[Workspace], Iterable[Any]] = self.held

    def held(self, workspace: Workspace) -> Iterable[Any]:
        """Return the records as they are kept."""
        held: Any = workspace.records[self]
        return list(held)

    def adds(self, rule: Callable[[Workspace, Any], T]) -> Callable[[Workspace, Any], T]:
        """Make `rule` store entries of a state; it raises InvalidRequestError for a mistake."""
        self.add = rule
        return rule

    def forgets(self, rule: Callable[[Workspace, str], T]) -> Callable[[Workspace, str], T]:
        """Make `rule` take everything about a deleted person or company out, by its internal id."""
        self.forget = rule
        return rule

    def shows(self, rule: Callable[[Workspace], Iterable[Any]]) -> Callable[[Workspace], Iterable[Any]]:
        """Make `rule` return the entries of a state."""
        self.show = rule
        return rule


def keep_all(_workspace: Workspace, _record_id: str) -> None:
    """Keep every record: the records of this section belong to no person or company."""


def no_rule(_workspace: Workspace, _entry: Any) -> None:
    """Raise NotImplementedError: the rules of the resource do not say how an entry is added."""
    raise NotImplementedError
