"""The first sentence of the page of a message: what it changed, or why it changed nothing.

A sentence is a list of parts: texts, and links such as {"name": "Ada", "to": "people/1"}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.workspace.messages.deliveries import Delivery

    Part = str | dict[str, str]

LONGEST: Final = 60  # characters of a name in a sentence
NOT_SENT: Final = "Nothing changed, because nothing was sent to Custify: "
ELSEWHERE: Final = "It was delivered to another Custify."
UNCHANGED: Final[list[list[Part]]] = [["Nothing changed: the records already had all of its values"]]


def conclusion_of(delivery: Delivery, change: dict[str, Any] | None) -> list[Part]:
    """Return what became of a message in one sentence."""
    why = f"{delivery.reason}."
    if delivery.status == "delivered":
        return list(joined(list(changes(change)) or UNCHANGED)) if change else [ELSEWHERE]
    if delivery.status == "retrying":
        return [f"Not delivered yet: {delivery.reason}. It is sent again until Custify accepts it."]
    if delivery.status == "waiting":
        return ["Not sent yet: " + (why if delivery.reason else "it is about to be sent.")]
    parts = list(changes(change)) if change else []
    if parts:
        return [*joined(parts), f" Then the message was {delivery.status}: {why}"]
    return [("Nothing changed: " if delivery.sent else NOT_SENT) + why]


def changes(change: dict[str, Any]) -> Iterator[list[Part]]:
    """Return each change as a piece of a sentence."""
    for kind, word in (("people", "person"), ("companies", "company")):
        for record in change[kind]:
            if record["status"] != "unchanged":
                yield [f"{record['status']} the {word} ", link(kind, record)]
    for one in change["associations"]:
        if one["status"] != "kept":
            way = "with" if one["status"] == "associated" else "from"
            person, company = link("people", one["person"]), link("companies", one["company"])
            yield [f"{one['status']} ", person, f" {way} ", company]
    event = change["event"]
    if event is not None:
        kept = "dropped the event " if event.dropped else "recorded the event "
        yield [kept, {"name": event.name, "to": f"events/{event.id}"}]


def link(kind: str, record: dict[str, Any]) -> Part:
    """Return the link to a record under the name that people know it by."""
    names = (record.get(name) for name in ("name", "company_id", "user_id", "email", "id"))
    name = str(next(filter(None, names)))
    shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    return {"name": shown, "to": f"{kind}/{record['id']}"}


def joined(pieces: Iterable[list[Part]]) -> Iterator[Part]:
    """Return pieces as one sentence."""
    for index, (first, *rest) in enumerate(pieces):
        yield f"{str(first)[:1].upper()}{str(first)[1:]}" if not index else f"; {first}"
        yield from rest
    yield "."
