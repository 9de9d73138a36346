"""A task of a company."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

from mock_custify.values import DATE_PATTERN, DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

TaskStatus: TypeAlias = Literal["open", "done", "not relevant"]
Priority: TypeAlias = Literal["low", "medium", "high"]
DueDate: TypeAlias = Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})]


class TaskPost(Struct, kw_only=True):
    """The body of POST /task; `company` is an internal id."""

    name: Annotated[str, Meta(min_length=1)]
    company: ObjectId
    priority: Priority = "medium"
    status: TaskStatus = "open"
    dueDate: DueDate | None = None
    description: str | None = None
    assignedTo: str | None = None


class TaskPut(Struct, kw_only=True):
    """The body of PUT /task/{id}."""

    status: TaskStatus


class Task(Struct, frozen=True, kw_only=True):
    """A task on record; `company` and `people` are internal ids, the other two those of the client."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    status: TaskStatus = "open"
    priority: Priority = "medium"
    dueDate: DateText | None = None
    completedAt: DateText | None = None
    completedBy: str | None = None
    snoozedUntilDate: DateText | None = None
    company: str | None = None
    company_id: str | None = None
    people: str | None = None
    user_id: str | None = None
    assignedTo: str | None = None
    assignedToModel: str | None = None
    assignedToName: str | None = None
    assignedToEmail: str | None = None
    tags: tuple[str, ...] = ()
    label: str | None = None
    collaborators: tuple[str, ...] = ()
    createdBy: str | None = None
    createdByType: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


class CompanyOfTask(Struct, frozen=True):
    """The company of a task, as `enhanceCompany` asks for it."""

    id: str
    company_id: str
    name: str | None


class TaskAnswer(Task, frozen=True, kw_only=True):
    """A task as a list shows it."""

    companyDetails: CompanyOfTask | None = None


class Choice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value that tasks have in a field."""

    id: str
    name: str | None = ""
    profile_photo: str | None = ""
    createdByType: str | None = ""


class TaskChoices(Struct, kw_only=True):
    """The values that the tasks of a workspace have, field by field."""

    company: list[Choice]
    assignedTo: list[Choice]
    collaborators: list[Choice]
    createdBy: list[Choice]
    tags: list[Choice]


TASKS: Final = Section("tasks", Task, Collection[Task])
