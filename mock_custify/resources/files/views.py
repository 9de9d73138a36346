"""The calls about files."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, PageQuery
from mock_custify.resources.files import rules
from mock_custify.resources.files.model import FileListing, FileShowInPortal, FileUnlink, FileUpload
from mock_custify.workspace import Workspace

files = Blueprint("files", __name__)


class FileQuery(PageQuery, kw_only=True, rename="camel"):
    """Which page of the files: those of a company or a person, or with a text in their name."""

    company_id: str = ""
    people_id: str = ""
    search_key: str = ""


class FilesPage(Struct, kw_only=True):
    """One page of files, and the number of all files."""

    files: list[FileListing]
    total: int


class Message(Struct):
    """A text that says what was done."""

    message: str


@files.post("/file")
@call(statuses=(409,))
def upload_file(workspace: Workspace, body: FileUpload) -> FileListing:
    """Upload a file for a company or a person."""
    return rules.file_listing(workspace, rules.upload(workspace, body))


@files.get("/file")
@call(statuses=(400,))
def list_files(workspace: Workspace, query: FileQuery) -> FilesPage:
    """List the files of a company or a person, oldest first."""
    found = rules.find_files(workspace, query.company_id, query.people_id, query.search_key)
    page = query.cut(found, LARGEST_OF_OTHERS)
    return FilesPage(files=[rules.file_listing(workspace, file) for file in page], total=len(found))


@files.put("/file/<file_id>/showInPortal")
@call(statuses=(400,), example={"showInPortal": True})
def show_in_portal(workspace: Workspace, file_id: str, body: FileShowInPortal) -> FileListing:
    """Show a file in the portal, or hide it."""
    return rules.file_listing(workspace, rules.show_in_portal(workspace, file_id, shown=body.showInPortal))


@files.post("/file/unlink")
@call(
    statuses=(400, 404),
    example={"fileId": "6560a1b2c3d4e5f60718293a", "companyId": "6560a1b2c3d4e5f60718293b"},
)
def unlink_file(workspace: Workspace, body: FileUnlink) -> Message:
    """Unlink a file from a company or a person."""
    return Message(f"the file {rules.unlink_file(workspace, body).name!r} is unlinked")
