"""The company of a group as the documentation page promises it. Its sibling is `production_group`."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from custify_transformer.documented import COMPANY_ROWS, mapped_names, unmapped
from custify_transformer.errors import InstrumentationError
from custify_transformer.mapping import CONTEXT_TRAITS, TRAITS, Message, Payload, build, places_of
from custify_transformer.tables import COMPANY
from custify_transformer.values import as_id

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.request import HttpRequest

MAPPED_COMPANY_TRAITS: Final = mapped_names(COMPANY, "traits")


def company_of(message: Message) -> tuple[Payload, Message]:
    """Return the company of a group, and the message as the person is read from it. Source: "Group"."""
    whole = unfolded(message)
    places = places_of(whole)
    company = build(COMPANY_ROWS, places)
    if "company_id" not in company:
        company["company_id"] = derived_id(message)
    custom_attributes = unmapped(places[TRAITS], MAPPED_COMPANY_TRAITS)
    if custom_attributes:
        company["custom_attributes"] = custom_attributes
    return company, whole


def unfolded(message: Message) -> Message:
    """Return `message` with the traits of a group where they belong; nothing else of its context.

    The page's sample gives `{traits: {...}, context: {traits: {...}}}` as the traits of the call, so they
    arrive one level down. Source: "Group", the sample.
    """
    traits = message.get("traits")
    if traits.__class__ is not dict or not ("traits" in traits or "context" in traits):
        return message
    inner = places_of({"traits": traits.get("traits"), "context": traits.get("context")})
    outer = places_of(message)[CONTEXT_TRAITS]
    return {
        **message,
        "traits": {**inner[TRAITS], **traits},
        "context": {"traits": {**outer, **inner[CONTEXT_TRAITS]}},
    }


def derived_id(message: Message) -> str:
    """Return the id of a company that the message does not name: the same for every retry of the message.

    It comes from the messageId, else from who sends what; times are left out, since they change on the way.
    """
    message_id = as_id(message.get("messageId"))
    places = places_of(message)
    content = (
        [message_id]
        if message_id is not None
        else [message.get("userId"), message.get("anonymousId"), places[TRAITS], places[CONTEXT_TRAITS]]
    )
    try:
        spelled = json.dumps(content, sort_keys=True)
    except RecursionError:
        raise InstrumentationError("The traits are nested too deeply") from None
    return f"group-{sha256(spelled.encode()).hexdigest()[:32]}"


def sent_before_refusal(_creation: HttpRequest) -> tuple[HttpRequest, ...]:
    """Return nothing: a message is checked whole before its first request."""
    return ()


def check_company_settings(_destination: Destination) -> None:
    """Pass: the settings were checked with the type."""
