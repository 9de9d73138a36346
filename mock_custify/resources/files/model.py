"""A file of companies and people."""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, Struct, UnsetType
from werkzeug.datastructures import FileStorage

from mock_custify.api.form import Form
from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class FileUpload(Form, kw_only=True):
    """The form of POST /file; the ids are internal ids."""

    file: FileStorage
    companyId: str = ""
    peopleId: str = ""


class FileShowInPortal(Struct, kw_only=True):
    """The body of PUT /file/{id}/showInPortal."""

    showInPortal: bool


class FileUnlink(Struct, kw_only=True):
    """The body of POST /file/unlink; without a company and a person, it unlinks the file from all records."""

    fileId: ObjectId
    companyId: ObjectId | UnsetType | None = UNSET
    peopleId: ObjectId | UnsetType | None = UNSET


class StoredFile(Struct, frozen=True, kw_only=True):
    """A stored file; a state has its content in base64, or no content."""

    id: str = ""
    _id: str = ""
    name: str
    extension: str = ""
    mimeType: str = "application/octet-stream"
    size: int = 0
    showInPortal: bool = False
    companies: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    content: bytes | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


class FileListing(Struct, frozen=True, kw_only=True):
    """A file in an answer; `account` is the internal id of the workspace."""

    id: str
    _id: str
    account: str
    name: str
    extension: str
    mimeType: str
    size: int
    showInPortal: bool
    companies: tuple[str, ...]
    peoples: tuple[str, ...]
    created_at: DateText
    updated_at: DateText


FILES: Final = Section("files", StoredFile, Collection[StoredFile])
