"""An event: what a client sends to /event and what the workspace keeps of it."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.kinds import NUMBER, UNIX_TIME, described, read_text
from mock_custify.resources.events.log import EventLog
from mock_custify.values import DATE_PATTERN, DateText, Nothing, ObjectId, Scalar
from mock_custify.workspace.section import Section

# Source: vendor's API description, sections 4.2 and 9.
LONGEST_TEXT: Final = 100
MOST_KEYS: Final = 50
LONGEST_METADATA: Final = 10_000
SHORT: Final = {"type": "string", "maxLength": LONGEST_TEXT}
VALUE: Final = {"anyOf": [{"type": "string"}, NUMBER, {"type": "boolean"}, {"type": "null"}]}


def read_short_text(value: Any) -> str:
    """Return a text field of an event; a number becomes its text."""
    return read_text(value, LONGEST_TEXT)


def read_short_identifier(value: Any) -> str | None:
    """Return an identifier of an event as text, None for null, "" and a missing one."""
    return None if value is UNSET or value is None or value == "" else read_short_text(value)


ShortIdentifier: TypeAlias = Annotated[Any, described(SHORT, NUMBER)]
Metadata: TypeAlias = Annotated[
    dict[str, Any],
    Meta(
        extra_json_schema={
            "maxProperties": MOST_KEYS,
            "propertyNames": {"minLength": 1},
            "additionalProperties": VALUE,
        }
    ),
]


class EventPost(Struct, kw_only=True):
    """The body of POST /event; it names a person, or only a company."""

    name: Annotated[Any, Meta(extra_json_schema={**SHORT, "minLength": 1})]
    created_at: Annotated[
        Any, Meta(extra_json_schema={"anyOf": [{"type": "string", "pattern": DATE_PATTERN}, UNIX_TIME]})
    ]
    user_id: ShortIdentifier = UNSET
    email: ShortIdentifier = UNSET
    company_id: ShortIdentifier = UNSET
    deduplication_id: ShortIdentifier = UNSET
    metadata: Metadata | Nothing | UnsetType | None = UNSET


class Event(Struct, frozen=True, kw_only=True, gc=False):
    """A stored event.

    `person` and `company` are the internal ids it is linked to; `dropped` says why it is not linked.
    """

    id: str
    name: str
    created_at: str
    received_at: str
    user_id: str | None = None
    email: str | None = None
    company_id: str | None = None
    deduplication_id: str | None = None
    metadata: dict[str, Scalar | None] = {}
    person: str | None = None
    company: str | None = None
    dropped: str | None = None


class EventState(EventPost, kw_only=True):
    """An event in a state. If the state does not say what it is linked to, its ids decide."""

    created_at: Any = UNSET

    id: ObjectId | UnsetType = UNSET
    received_at: DateText | UnsetType = UNSET
    person: str | UnsetType | None = UNSET
    company: str | UnsetType | None = UNSET
    dropped: str | UnsetType | None = UNSET


EVENTS: Final = Section("events", EventState, EventLog)
