"""Records that list companies and people by internal id, when one of those is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

if TYPE_CHECKING:
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

COMPANY_AND_PEOPLE = ("company", "people")


def unlink(
    workspace: Workspace,
    section: Section[Any],
    record_id: str,
    names: tuple[str, str] = COMPANY_AND_PEOPLE,
) -> list[str]:
    """Take the id of a company or a person out of the lists `names` of the records of a section.

    A record that lists no other participant is deleted; returns the ids of those.
    """
    records, gone = workspace.records[section], []
    for record in [one for one in records if any(record_id in getattr(one, name) for name in names)]:
        left = {name: tuple(one for one in getattr(record, name) if one != record_id) for name in names}
        if any(left.values()):
            records.put(structs.replace(record, **left))
        else:
            records.remove(record)
            gone.append(record.id)
    return gone
