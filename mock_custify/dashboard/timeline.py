"""The messages and the calls that made a person or a company what it is, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_custify.dashboard.calls import call_row, makers_of, parts_of
from mock_custify.dashboard.differences import change
from mock_custify.dashboard.live import delivery_row
from mock_custify.dataplane.delivery.named_records import companies_named, people_named
from mock_custify.workspace.messages.summary import email_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.workspace import Workspace
    from mock_custify.workspace.messages.deliveries import Delivery
    from mock_custify.workspace.records import Records

SHOWN: Final = 50
READING: Final = frozenset({"GET", "HEAD"})


def timeline_of(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Return the newest messages and calls about a record as {"rows", "left_out"}."""
    found = sorted(
        [*messages_about(workspace, record_id), *calls_about(workspace, record_id)],
        key=lambda row: (str(row["at"]), int(row["number"])),
        reverse=True,
    )
    return {"rows": found[:SHOWN], "left_out": max(len(found) - SHOWN, 0)}


def messages_about(workspace: Workspace, record_id: str) -> Iterator[dict[str, Any]]:
    """Return the messages about a record, each with what it did to it."""
    for delivery in workspace.deliveries.kept:
        if record_id in ids_touched(workspace.records, delivery):
            row = delivery_row(delivery)
            effect = effect_of(delivery, record_id)
            yield {**row, "kind": "message", "at": row["received_at"], "effect": effect}


def ids_touched(records: Records, delivery: Delivery) -> set[str]:
    """Return the ids of the records that a message names; the ones it was about when it was sent."""
    looks = [look for look in (delivery.before, delivery.after) if look is not None]
    sent = [one.body for one in delivery.sent if isinstance(one.body, dict)]
    bodies = sent or [named_by(delivery.message)]
    found = {person.id for look in looks for person in look.people}
    found |= {person.id for body in bodies for person in people_named(records, body)}
    return found | {company.id for body in bodies for company in companies_named(records, body)}


def named_by(message: Any) -> dict[str, Any]:
    """Return the identifiers in a message, spelled as in a call."""
    if not isinstance(message, dict):
        return {}
    named = {"user_id": message.get("userId"), "company_id": message.get("groupId")}
    return {**named, "email": email_of(message) or None}


def effect_of(delivery: Delivery, record_id: str) -> str:
    """Return in a few words what a message did to a record, "" when it was not delivered."""
    if delivery.before is None or delivery.after is None:
        return ""
    done = change(delivery.before, delivery.after)
    told = [
        record["status"]
        for record in (*done["people"], *done["companies"])
        if record["id"] == record_id and record["status"] != "unchanged"
    ]
    told += [
        link["status"]
        for link in done["associations"]
        if record_id in {link["person"]["id"], link["company"]["id"]} and link["status"] != "kept"
    ]
    told += ["event recorded"] if done["event"] is not None else []
    return ", ".join(dict.fromkeys(told)) or "no change"


def calls_about(workspace: Workspace, record_id: str) -> Iterator[dict[str, Any]]:
    """Return the calls about a record that no message made and that may have changed it."""
    made = makers_of(workspace)
    for call in workspace.journal:
        if call.method in READING or call.number in made:
            continue
        bodies = parts_of(call)
        named = {person.id for body in bodies for person in people_named(workspace.records, body)}
        named |= {company.id for body in bodies for company in companies_named(workspace.records, body)}
        if record_id in named or record_id in call.path:
            yield {**call_row(call, {}), "kind": "call", "effect": ""}
