"""The report of a replay, as typed objects; `docs/replay.md` explains each part."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from custify_transformer.javascript import encode
from mock_custify.replay.estimate import Rate


class Problem(Struct, frozen=True):
    """What could not be read; `line` is 0 for a whole file."""

    file: str
    line: int
    reason: str


class Archive(Struct, frozen=True):
    """What was read. `days` has the messages of each day by type; "" is for messages without a time."""

    files: int
    layouts: dict[str, int]
    rebuilt: int
    first: str
    last: str
    days: dict[str, dict[str, int]]


class Records(Struct, frozen=True):
    """Numbers of people and companies, with the names of the first of them."""

    people: int = 0
    companies: int = 0
    first_people: list[str] = field(default_factory=list)
    first_companies: list[str] = field(default_factory=list)


class Counted(Struct, frozen=True):
    """Something that messages show: how many, and the smallest of them with its place."""

    count: int
    example: Any
    file: str
    line: int


class Refusal(Counted, frozen=True):
    """Messages that are refused for one reason; `hint` says what would let them through."""

    reason: str
    hint: str = ""


class UnknownPerson(Counted, frozen=True):
    """Events that name a `person` or a `company` that Custify does not have."""

    names: str


class FoundDivergence(Counted, frozen=True):
    """Messages for which the profiles differ; the texts are those of docs/divergences.md."""

    id: str
    page: str
    production: str
    harm: str


class AssociationRow(Struct, frozen=True):
    """Links by the row of the association table, such as "yes-no": a known person and a new company.

    Other messages are counted by their type.
    """

    row: str
    added: int
    removed: int


class CustomField(Struct, frozen=True):
    """A custom field that gets values.

    `is_new` tells whether Custify has it yet; `conflicts` counts values of other types than its own.
    """

    kind: str
    name: str
    type: str
    is_new: bool
    conflicts: dict[str, int]


class PersonalData(Struct, frozen=True):
    """Values of a custom field that look like personal data."""

    kind: str
    name: str
    looks_like: str
    count: int


class FoundRace(Struct, frozen=True):
    """Two users who wrote different `values` to a field of a company; the closest of `count` such pairs."""

    company_id: str
    field: str
    values: list[Any]
    users: list[str]
    seconds_apart: float
    places: list[str]
    count: int


class Change(Struct, frozen=True):
    """How many records are gained, lost and changed."""

    gained: int = 0
    lost: int = 0
    changed: int = 0


class Difference(Struct, frozen=True):
    """What a change of settings makes different in the destination."""

    people: Change
    companies: Change
    memberships: Change
    events: Change


class Cause(Struct, frozen=True):
    """Why records differ, what the cause means in a sentence, and the smallest message that shows it."""

    cause: str
    meaning: str
    difference: Difference
    messages: int
    example: Any = None
    file: str = ""
    line: int = 0


class Report(Struct, frozen=True, kw_only=True):
    """What an archive would do to a Custify; docs/replay.md explains the fields."""

    profile: str
    archive: Archive
    messages: int
    delivered: int
    refused: int
    ignored: int
    unreadable: int
    types: dict[str, dict[str, int]]
    calls: int
    calls_by_kind: dict[str, int]
    calls_by_day: dict[str, int]
    rate: Rate
    seconds_at_rate: float
    seconds_with_margin: float
    created: Records
    updated: Records
    linked: int
    unlinked: int
    association_rows: list[AssociationRow]
    refusals: list[Refusal]
    beyond_limits: list[Refusal]
    unknown_people: list[UnknownPerson]
    custom_fields: list[CustomField]
    personal_data: list[PersonalData]
    duplicates: int
    left_out: int
    divergences: list[FoundDivergence]
    races: list[FoundRace]
    problems: list[Problem]
    against: str | UnsetType = UNSET
    what_if: str | UnsetType = UNSET
    difference: Difference | UnsetType = UNSET
    causes: list[Cause] | UnsetType = UNSET

    def to_json(self) -> bytes:
        """Return the report as JSON, printed as JavaScript does."""
        return indented(msgspec.to_builtins(self)) + b"\n"

    def to_json_difference(self) -> dict[str, dict[str, int]]:
        """Return the difference of a what-if as JSON, empty without one."""
        return dict(msgspec.to_builtins(self.difference or {}))


def indented(value: Any) -> bytes:
    """Return a value as JSON that people can read; one with half a surrogate pair stays on one line."""
    text = encode(value)
    try:
        return msgspec.json.format(text, indent=1)
    except msgspec.DecodeError:
        return text
