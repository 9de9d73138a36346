"""The rules about files."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from mock_custify.errors import ConflictError, InvalidRequestError, NotFoundError, PayloadTooLargeError
from mock_custify.resources.adding import place
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import get_company, referred_company
from mock_custify.resources.files.model import FILES, FileListing, StoredFile
from mock_custify.resources.linked import unlink
from mock_custify.resources.notes.model import NOTES
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import get_person, referred_person
from mock_custify.resources.tasks.model import TASKS

if TYPE_CHECKING:
    from mock_custify.resources.files.model import FileUnlink, FileUpload
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

LISTS: Final = ("companies", "peoples")
UNKNOWN_TYPE: Final = "application/octet-stream"


def upload(workspace: Workspace, request: FileUpload) -> StoredFile:
    """Keep a file for a company or a person; raise ConflictError or PayloadTooLargeError.

    Source: POST /file.
    """
    content, name = request.file.stream.read(), name_of(request.file.filename or "")
    refuse_beyond_limit(workspace, len(content))
    file = StoredFile(
        name=name,
        extension=PurePosixPath(name).suffix.removeprefix("."),
        mimeType=request.file.mimetype or guess_type(name)[0] or UNKNOWN_TYPE,
        size=len(content),
        companies=linked(workspace, "companyId", COMPANIES, request.companyId),
        peoples=linked(workspace, "peopleId", PEOPLE, request.peopleId),
        content=content,
    )
    return place(workspace, FILES, file)


def name_of(path: str) -> str:
    """Return the name of a file without the folders that some clients send."""
    return path.replace("\\", "/").rpartition("/")[2]


def refuse_beyond_limit(workspace: Workspace, size: int) -> None:
    """Raise PayloadTooLargeError when the files of a workspace would be too long together."""
    together, most = size + sum(file.size for file in workspace.records[FILES]), workspace.limits.files
    if together > most:
        raise PayloadTooLargeError(
            f"the files of the workspace would have {together} bytes, at most {most} are kept"
        )


def linked(workspace: Workspace, name: str, section: Section[Any], record_id: str) -> tuple[str, ...]:
    """Return the record that a form names, as a list; raise ConflictError for an unknown one."""
    if record_id and workspace.records[section].get(record_id) is None:
        raise ConflictError(f"{name}: no record has the id {record_id!r}")
    return (record_id,) if record_id else ()


@FILES.adds
def add_file(workspace: Workspace, file: StoredFile) -> StoredFile:
    """Store a file of a state, for the companies and people it names."""
    companies = ((one, referred_company(workspace, one)) for one in file.companies)
    people = ((one, referred_person(workspace, one)) for one in file.peoples)
    named = structs.replace(
        file,
        companies=tuple(known.id if known else one for one, known in companies),
        peoples=tuple(known.id if known else one for one, known in people),
        size=file.size or len(file.content or b""),
        extension=file.extension or PurePosixPath(file.name).suffix.removeprefix("."),
    )
    return place(workspace, FILES, named)


def find_files(workspace: Workspace, company: str, person: str, search: str) -> list[StoredFile]:
    """Return the files of a company and a person by internal id, with `search` in their name, oldest first.

    An empty text asks for nothing.
    """
    text = search.casefold()
    return [
        file
        for file in workspace.records[FILES]
        if company in {"", *file.companies} and person in {"", *file.peoples} and text in file.name.casefold()
    ]


def show_in_portal(workspace: Workspace, file_id: str, *, shown: bool) -> StoredFile:
    """Show a file in the portal or hide it; raise InvalidRequestError, as the vendor lists no 404."""
    known = workspace.records[FILES].get(file_id)
    if known is None:
        raise InvalidRequestError(f"there is no file with the id {file_id!r}")
    file = structs.replace(known, showInPortal=shown, updated_at=workspace.clock.stamp())
    workspace.records[FILES].put(file)
    return file


def unlink_file(workspace: Workspace, request: FileUnlink) -> StoredFile:
    """Take a file off a company and a person, off all of them when none is named; raise NotFoundError."""
    known = workspace.records[FILES].get(request.fileId)
    if known is None:
        raise NotFoundError(f"there is no file with the id {request.fileId!r}")
    company = get_company(workspace, request.companyId).id if request.companyId else None
    person = get_person(workspace, request.peopleId).id if request.peopleId else None
    off_all = company is None and person is None
    file = structs.replace(
        known,
        companies=tuple(one for one in known.companies if one != company and not off_all),
        peoples=tuple(one for one in known.peoples if one != person and not off_all),
        updated_at=workspace.clock.stamp(),
    )
    workspace.records[FILES].put(file)
    return file


def file_listing(workspace: Workspace, file: StoredFile) -> FileListing:
    """Return a file as an answer shows it, without its content."""
    fields = structs.asdict(file)
    del fields["content"]
    return FileListing(**fields, account=f"{workspace.records.ids.prefix}{0:012x}")


@FILES.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Remove a deleted person or company from files, and delete the files that no other record has."""
    gone = set(unlink(workspace, FILES, record_id, LISTS))
    sections: tuple[Section[Any], ...] = (NOTES, TASKS)
    for held in [workspace.records[section] for section in sections]:
        for record in [one for one in held if not gone.isdisjoint(one.files)]:
            kept = tuple(one for one in record.files if one not in gone)
            held.put(structs.replace(record, files=kept))
