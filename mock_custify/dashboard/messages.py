"""The first page: messages with their delivery status, and what else explains that somebody is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from mock_custify.dashboard.details import company_label, person_label
from mock_custify.dashboard.live import delivery_row
from mock_custify.dashboard.notices import Notices, notices_of
from mock_custify.dashboard.tables import company_text, holds, person_text
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.people.model import PEOPLE
from mock_custify.workspace.messages.summary import shortened, traits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mock_custify.workspace import Store, Workspace
    from mock_custify.workspace.messages.deliveries import Delivery

IDS: Final = ("type", "userId", "anonymousId", "messageId", "event", "groupId", "previousId")
NAMES: Final = ("email", "name")
NAMED: Final = 5  # records that a search names beside the messages


class MessageQuery(Struct, kw_only=True):
    """Which messages: those with every word of `q`, a status and a type; one page, the newest first."""

    q: str = ""
    status: Literal["", "delivered", "filtered", "refused", "aborted", "retrying", "waiting"] = ""
    type: str = ""
    page: Annotated[int, Meta(ge=1, le=10**9)] = 1
    size: Annotated[int, Meta(ge=1, le=200)] = 50


class MessageTable(Struct, kw_only=True):
    """One page of messages; `total` have arrived, and `forgotten` of these are no longer kept.

    `statuses` counts the found messages by status, `types` lists the types of all messages.
    `people` and `companies` are the first records that the search finds, `notices` explains missing messages.
    """

    rows: list[dict[str, Any]]
    found: int
    total: int
    forgotten: int
    statuses: dict[str, int]
    types: list[str]
    people: list[dict[str, Any]]
    companies: list[dict[str, Any]]
    notices: Notices


def message_table(workspace: Workspace, store: Store, query: MessageQuery) -> MessageTable:
    """Return a page of messages with what the first page tells beside them."""
    words = query.q.casefold().split()
    kept = list(reversed(workspace.deliveries.kept))
    fitting = [one for one in kept if not words or holds(message_text(one), words)]
    of_type = [one for one in fitting if query.type in {"", type_of(one)}]
    found = [one for one in of_type if query.status in {"", one.status}]
    start = (query.page - 1) * query.size
    return MessageTable(
        rows=[delivery_row(one) for one in found[start : start + query.size]],
        found=len(found),
        total=workspace.deliveries.last,
        forgotten=workspace.deliveries.forgotten,
        statuses=dict(Counter(one.status for one in of_type)),
        types=sorted({type_of(one) for one in kept} - {""}),
        people=first_found(workspace, words, PEOPLE, person_text, person_label),
        companies=first_found(workspace, words, COMPANIES, company_text, company_label),
        notices=notices_of(workspace, store),
    )


def first_found(
    workspace: Workspace,
    words: list[str],
    section: Any,
    text_of: Callable[..., str],
    label: Callable[[Any], dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the first records of a section that have every word, none without a word."""
    records: Iterable[Any] = workspace.records[section] if words else ()
    fitting = (record for record in records if holds(text_of(workspace.records, record), words))
    return [label(record) for record, _ in zip(fitting, range(NAMED), strict=False)]


def type_of(delivery: Delivery) -> str:
    """Return the type of a message, "" without one."""
    return shortened(delivery.message.get("type")) if isinstance(delivery.message, dict) else ""


def message_text(delivery: Delivery) -> str:
    """Return what a search for messages looks at: ids, emails, names, the people it is about, its number."""
    message = delivery.processed if isinstance(delivery.processed, dict) else delivery.message
    if not isinstance(message, dict):
        return f"#{delivery.number}\n{message}"
    found = [f"#{delivery.number}", *(shortened(message.get(name)) for name in IDS)]
    found += [shortened(place.get(name)) for place in traits_of(message) for name in NAMES]
    named = delivery.after or delivery.before
    for person in named.people if named else ():
        found += [person.user_id or "", person.email or ""]
    return "\n".join(found)
