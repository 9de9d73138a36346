"""A task of a company."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.values import DATE_PATTERN, DateText, ObjectId, Text
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

TaskStatus: TypeAlias = Literal["open", "done", "not relevant"]
Priority: TypeAlias = Literal["low", "medium", "high"]
DueDate: TypeAlias = Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})]
Name: TypeAlias = Annotated[str, Meta(min_length=1)]


class ChecklistItem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item of the checklist of a task; `assignedTo` is a user."""

    name: str
    completed: bool
    assignedTo: str | None = None
    dueDate: DueDate | None = None


class TaskBody(Struct, kw_only=True):
    """What the bodies of POST /task and PUT /task/{id} may hold.

    `company` and `people` are internal ids, `company_id` and `user_id` those of the client; users are named
    by internal id or email.
    """

    description: str | UnsetType | None = UNSET
    company: ObjectId | UnsetType = UNSET
    company_id: Text | UnsetType = UNSET
    people: ObjectId | UnsetType | None = UNSET
    user_id: Text | UnsetType | None = UNSET
    assignedTo: str | UnsetType | None = UNSET
    assignedToCustomer: bool | UnsetType = UNSET
    collaborators: list[str] | UnsetType = UNSET
    checklist: list[ChecklistItem] | UnsetType = UNSET
    dueDate: DueDate | UnsetType | None = UNSET
    externalId: str | UnsetType | None = UNSET
    showInPortal: bool | UnsetType = UNSET
    tags: list[ObjectId] | UnsetType = UNSET
    files: list[ObjectId] | UnsetType = UNSET


class TaskPost(TaskBody, kw_only=True):
    """The body of POST /task."""

    name: Name
    priority: Priority
    status: TaskStatus = "open"


class TaskPut(TaskBody, kw_only=True):
    """The body of PUT /task/{id}: only the fields that change; `_id` is the id in the path."""

    _id: ObjectId | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    status: TaskStatus | UnsetType = UNSET


class Task(Struct, frozen=True, kw_only=True):
    """A stored task; `company` and `people` are internal ids, `company_id` and `user_id` are your own."""

    id: str = ""
    _id: str = ""
    externalId: str | None = None
    name: str
    description: str | None = None
    status: TaskStatus = "open"
    priority: Priority = "medium"
    checklist: tuple[ChecklistItem, ...] = ()
    dueDate: DateText | None = None
    completedAt: DateText | None = None
    completedBy: str | None = None
    snoozedUntilDate: DateText | None = None
    company: str | None = None
    company_id: str | None = None
    people: str | None = None
    user_id: str | None = None
    assignedTo: str | None = None
    assignedToCustomer: bool = False
    assignedToModel: str | None = None
    assignedToName: str | None = None
    assignedToEmail: str | None = None
    showInPortal: bool = False
    tags: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    label: str | None = None
    collaborators: tuple[str, ...] = ()
    createdBy: str | None = None
    createdByType: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


class CompanyOfTask(Struct, frozen=True):
    """The company of a task; `enhanceCompany` adds it to an answer."""

    id: str
    company_id: str
    name: str | None


class Collaborator(Struct, frozen=True):
    """A user who works on a task."""

    id: str
    name: str
    email: str


class TaskAnswer(Task, frozen=True, kw_only=True, omit_defaults=True):
    """A task in an answer; a field without a value is left out. Source: the vendor's TaskListing."""

    id: str
    _id: str
    status: TaskStatus
    priority: Priority
    checklist: tuple[ChecklistItem, ...]
    assignedToCustomer: bool
    showInPortal: bool
    tags: tuple[str, ...]
    files: tuple[str, ...]
    collaborators: tuple[str, ...]
    collaboratorsDetailed: list[Collaborator]
    completedByName: str | None = None
    companyDetails: CompanyOfTask | None = None
    created_at: DateText
    updated_at: DateText


class Choice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value that tasks have in a field."""

    id: str
    name: str = ""
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
