"""Mistakes with events: name, time, company, properties and deduplication."""

from __future__ import annotations

from custify_contract.rules.values import at
from support.planted_transformers.changes import (
    Fault,
    accepting,
    attribute,
    drop,
    edit,
    from_message,
    on_body,
    on_message,
    on_settings,
    only,
    preferring,
    put,
    without,
    without_names,
)

EVENT_FAULTS = (
    Fault("a track without time is accepted", "track.time-edges", accepting("timestamp")),
    Fault(
        "sentAt is a time",
        "track.time-edges",
        on_message(
            lambda m: (
                None
                if m.get("timestamp") or m.get("originalTimestamp")
                else put(m, "timestamp", m.get("sentAt"))
            )
        ),
    ),
    Fault(
        "a track has a default time",
        "track.time-edges",
        on_message(lambda m: m.setdefault("timestamp", "2026-01-01T00:00:00.000Z") and None),
    ),
    Fault(
        "metadata loses 0",
        "track.properties",
        attribute("/event", lambda v: ... if v == 0 and v is not False else v),
    ),
    Fault(
        "metadata loses false", "track.properties", attribute("/event", lambda v: ... if v is False else v)
    ),
    Fault(
        "metadata loses empty text", "track.properties", attribute("/event", lambda v: ... if v == "" else v)
    ),
    Fault("metadata is text", "track.properties", attribute("/event", str)),
    Fault(
        "metadata has the user id",
        "track.properties",
        on_body("/event", lambda body, _: body["metadata"].setdefault("user_id", body.get("user_id"))),
    ),
    Fault(
        "metadata loses the company",
        "track.properties",
        without_names("/event", "organization_id", "company_id", "companyId"),
    ),
    Fault("metadata loses the email", "track.properties", without_names("/event", "email")),
    Fault(
        "empty metadata is not sent",
        "track.odd-places",
        on_body("/event", lambda body, _: body["metadata"] or body.pop("metadata")),
    ),
    Fault(
        "metadata has traits",
        "track.properties",
        on_body(
            "/event",
            lambda body, m: body["metadata"].update(
                at(m, "traits") if isinstance(at(m, "traits"), dict) else {}
            ),
        ),
    ),
    Fault("the event is in lower case", "track.event-edges", on_body("/event", edit("name", str.lower))),
    Fault("the event is trimmed", "track.event-edges", on_body("/event", edit("name", str.strip))),
    Fault("the event is cut", "track.event-edges", on_body("/event", edit("name", lambda v: v[:100]))),
    Fault(
        "a number is an event",
        "track.event-edges",
        on_message(lambda m: put(m, "event", str(m["event"])) if isinstance(m.get("event"), int) else None),
    ),
    Fault(
        "the event is read from the properties",
        "track.event-edges",
        on_message(lambda m: None if m.get("event") else put(m, "event", at(m, "properties.event"))),
    ),
    Fault(
        "originalTimestamp wins", "track.time-edges", preferring("originalTimestamp", "timestamp", "track")
    ),
    Fault("originalTimestamp is not read", "track.time-edges", without("originalTimestamp", "track")),
    Fault(
        "a company of context is an event's",
        "track.company-places",
        only("track", from_message("/event", "company_id", "groupId")),
    ),
    Fault(
        "deduplication is always on",
        "track.deduplication-switch",
        on_settings(lambda s: {**s, "enablededuplication": True}),
    ),
    Fault(
        "deduplication is never on",
        "track.deduplication-switch",
        on_settings(lambda s: {**s, "enablededuplication": False}),
    ),
    Fault(
        "any value turns deduplication on",
        "track.deduplication-switch",
        on_settings(lambda s: {**s, "enablededuplication": bool(s.get("enablededuplication"))}),
    ),
    Fault(
        "the field is ignored",
        "track.deduplication-places",
        on_settings(lambda s: {**s, "deduplicationField": None}),
    ),
    Fault(
        "the field is looked for in the message only",
        "track.deduplication-places",
        on_message(lambda m: drop(m, "properties.order")),
    ),
    Fault(
        "the field is looked for in the properties only",
        "track.deduplication-places",
        on_message(lambda m: drop(m, "order")),
    ),
    Fault(
        "the properties win", "track.deduplication-places", preferring("properties.order", "order", "track")
    ),
    Fault(
        "without the field there is no id",
        "track.deduplication-places",
        on_message(lambda m: drop(m, "messageId")),
    ),
    Fault(
        "the id is in lower case",
        "track.deduplication-places",
        on_body("/event", edit("deduplication_id", str.lower)),
    ),
)
