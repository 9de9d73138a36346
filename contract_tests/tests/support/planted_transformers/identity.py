"""Mistakes with who a message is about, and with refusals."""

from __future__ import annotations

from typing import Any

from custify_contract.rules.values import at
from support.planted_transformers.changes import (
    Fault,
    Requests,
    Transform,
    accepting,
    drop,
    from_message,
    on_message,
    on_settings,
    only,
    put,
    true_to_text,
)


def key_checked_last(transform: Transform, message: Any, settings: Any) -> Requests:
    """Check the message before the key."""
    transform(message, {**settings, "apiKey": "k"})
    return transform(message, settings)


SWITCH = "sendAnonymousId"
IDENTITY_FAULTS = (
    Fault(
        "anonymousId is used without the setting",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: True}),
    ),
    Fault("the setting is ignored", "message.anonymous-id", on_settings(lambda s: {**s, SWITCH: False})),
    Fault(
        "the text false turns the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: bool(s.get(SWITCH))}),
    ),
    Fault(
        "the text true does not turn the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: s.get(SWITCH) is True}),
    ),
    Fault(
        "TRUE turns the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: str(s.get(SWITCH)).lower() == "true"}),
    ),
    Fault(
        "1 turns the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: s.get(SWITCH) in (True, "true", 1)}),
    ),
    Fault(
        "anonymousId wins over a user id in traits",
        "message.anonymous-beside-user",
        on_message(lambda m: None if m.get("userId") else put(m, "userId", m.get("anonymousId"))),
    ),
    Fault(
        "a numeric anonymousId is no id",
        "message.anonymous-id",
        on_message(lambda m: None if isinstance(m.get("anonymousId"), str) else drop(m, "anonymousId")),
    ),
    Fault(
        "a boolean names a person", "identify.user-id-places", on_message(lambda m: true_to_text(m, "userId"))
    ),
    Fault(
        "a group is named by its traits",
        "group.names-no-person",
        on_message(
            lambda m: (
                put(m, "userId", at(m, "traits.userId"))
                if m.get("type") == "group" and not m.get("userId") and at(m, "traits.userId")
                else None
            )
        ),
    ),
    Fault(
        "a group takes the email of its traits",
        "group.names-no-person",
        only("group", from_message("/people", "email", "traits.email")),
    ),
    Fault("who is nobody is accepted", "refused.nobody", accepting("Email or userId")),
    Fault("a track without event is accepted", "refused.track-without-event", accepting('"event"')),
    Fault("other types are accepted", "refused.type", accepting("not supported")),
    Fault("no key is accepted", "refused.no-api-key", accepting("apiKey")),
    Fault("a key beyond ASCII is accepted", "refused.any-key", accepting("printable")),
    Fault("the key is checked last", "refused.first-reason", key_checked_last),
    Fault("a message that is no object is accepted", "refused.no-object", accepting("not a JSON object")),
)
