"""Identify, track and group messages as RudderStack's SDKs send them.

The places of the fields in each channel are recorded in docs/data-plane.md, "Where the fields are".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from custify_contract.strategies import pools
from custify_contract.strategies.byte_choices import ByteChoices, decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

Message: TypeAlias = dict[str, Any]

# Per channel: the place of identify's traits, the times that are sent, and how a missing user id looks.
CHANNELS: Final[tuple[Mapping[str, Any], ...]] = (
    {"channel": "server", "traits": ("traits",), "times": ("timestamp",), "absent": {}},
    {"channel": "web", "traits": ("context",), "times": ("originalTimestamp",), "absent": {"userId": ""}},
    {"channel": "server", "traits": ("context",), "times": ("timestamp",), "absent": {"userId": None}},
    {"channel": "server", "traits": ("traits", "context"), "times": ("originalTimestamp",), "absent": {}},
    {"channel": "mobile", "traits": ("context",), "times": ("originalTimestamp",), "absent": {"userId": ""}},
    {"channel": "server", "traits": ("traits",), "times": ("timestamp", "originalTimestamp"), "absent": {}},
)
SIZE: Final = 40  # bytes that the longest message, a group, reads


def identify_messages() -> SearchStrategy[Message]:
    """Return the strategy for identify messages; some name a company to join or to leave."""
    return decoded(identify, SIZE).strategy()


def track_messages() -> SearchStrategy[Message]:
    """Return the strategy for track messages; some name a company in their properties."""
    return decoded(track, SIZE).strategy()


def group_messages() -> SearchStrategy[Message]:
    """Return the strategy for group messages; each has a groupId."""
    return decoded(group, SIZE).strategy()


def messages() -> SearchStrategy[Message]:
    """Return the strategy for messages of all three types."""
    return decoded(any_message, SIZE + 1).strategy()


def identify(choices: ByteChoices) -> Message:
    """Return an identify; it may name a company to join or to leave."""
    message, channel = envelope(choices, "identify")
    user = set_user(choices, message, channel)
    traits = person_traits(choices, user)
    company, leave = choices.maybe(pools.GROUPS), choices.maybe(pools.FLAGS)
    if company is not None:
        traits["company"] = {"id": company, **({} if leave is None else {"remove": leave})}
    set_traits(message, channel, traits)
    return message


def track(choices: ByteChoices) -> Message:
    """Return a track; without a user id it names the person by email."""
    message, channel = envelope(choices, "track")
    user = set_user(choices, message, channel)
    message["event"] = choices.pick(pools.EVENTS)
    properties = {
        name: value for name in ("rows", "größe") if (value := choices.maybe(pools.SCALARS)) is not None
    }
    company = choices.maybe(pools.GROUPS)
    message["properties"] = {**properties, **({} if company is None else {"organization_id": company})}
    email = email_of(choices, user)
    if user is None or email:
        message["context"] = {"traits": {"email": email or pools.FRESH_EMAILS[1]}}
    return message


def group(choices: ByteChoices) -> Message:
    """Return a group; the traits of the person, if any, are in context.traits."""
    message, channel = envelope(choices, "group")
    user = set_user(choices, message, channel)
    message["groupId"] = choices.pick(pools.GROUPS)
    message["traits"] = company_traits(choices)
    traits = person_traits(choices, user)
    if traits and (user is None or choices.flag()):
        message["context"] = {"traits": traits}
    return message


def group_of(choices: ByteChoices, user: str | int | None, company: str | int | None) -> Message:
    """Return a group of a given user and company; None for one that the message does not name."""
    message, channel = envelope(choices, "group")
    message["traits"] = company_traits(choices)
    traits = person_traits(choices, None if user is None else str(user))
    if traits and (user is None or choices.flag()):
        message["context"] = {"traits": traits}
    message.update(channel["absent"] if user is None else {"userId": user})
    message.update({} if company is None else {"groupId": company})
    return message


def group_without_id(choices: ByteChoices) -> Message:
    """Return a group without groupId."""
    return {name: value for name, value in group(choices).items() if name != "groupId"}


def any_message(choices: ByteChoices) -> Message:
    """Return a message of any of the three types."""
    return choices.pick((identify, group, track))(choices)


def envelope(choices: ByteChoices, kind: str) -> tuple[Message, Mapping[str, Any]]:
    """Return a message of type `kind` with the fields that every SDK adds, and its channel."""
    channel = choices.pick(CHANNELS)
    message: Message = {
        "type": kind,
        "channel": channel["channel"],
        "messageId": choices.pick(pools.MESSAGE_IDS),
    }
    message.update({name: choices.pick(pools.TIMES) for name in channel["times"]})
    return message, channel


def set_user(choices: ByteChoices, message: Message, channel: Mapping[str, Any]) -> str | None:
    """Add a user id, or the way in which the channel sends none; return the user id as text."""
    user = choices.pick((*pools.USERS, *pools.USERS, None))
    anonymous = choices.maybe(pools.ANONYMOUS)
    message.update(channel["absent"] if user is None else {"userId": user})
    message.update({} if anonymous is None else {"anonymousId": anonymous})
    return None if user is None else str(user)


def set_traits(message: Message, channel: Mapping[str, Any], traits: dict[str, Any]) -> None:
    """Add the traits of a person in the places where the channel sends them."""
    if "traits" in channel["traits"]:
        message["traits"] = dict(traits)
    if "context" in channel["traits"]:
        message["context"] = {"traits": dict(traits)}


def email_of(choices: ByteChoices, user: str | None) -> str | None:
    """Return an email that no other user of the pool has, or None."""
    own = pools.EMAILS[user] if user else pools.FRESH_EMAILS[0]
    return choices.maybe((own, own, *pools.FRESH_EMAILS))


def person_traits(choices: ByteChoices, user: str | None) -> dict[str, Any]:
    """Return traits of a person; they have an email if there is no user id."""
    address = email_of(choices, user)
    traits = {
        "email": address or (pools.FRESH_EMAILS[1] if user is None else None),
        "phone": choices.maybe(pools.PHONES),
        "sessionCount": choices.maybe(pools.COUNTS),
        "unsubscribedFromEmails": choices.maybe(pools.FLAGS),
        "unsubscribedFromCalls": choices.maybe(pools.FLAGS),
        "name": choices.maybe(pools.NAMES),
        "signedUpAt": choices.maybe(pools.DATES),
    }
    return {**without_none(traits), **unmapped_traits(choices)}


def company_traits(choices: ByteChoices) -> dict[str, Any]:
    """Return traits of a company."""
    traits = {
        "name": choices.maybe(pools.COMPANY_NAMES),
        "industry": choices.maybe(pools.INDUSTRIES),
        "size": choices.maybe((0, 150)),
        "website": choices.maybe(("https://a.example.com",)),
        "plan": choices.maybe(pools.PLANS),
        "mrr": choices.maybe((0, 900.5)),
        "churned": choices.maybe(pools.FLAGS),
    }
    return {**without_none(traits), **unmapped_traits(choices)}


def unmapped_traits(choices: ByteChoices) -> dict[str, Any]:
    """Return up to two traits that no table maps; one time in eight also one that cannot be stored."""
    found: dict[str, Any] = {}
    for _ in range(2):
        name, value = choices.pick(pools.UNMAPPED), choices.maybe(pools.SCALARS)
        found.update({} if value is None else {name: value})
    if choices.number(8) == 7:  # noqa: PLR2004 - one in eight
        found["nested"] = choices.pick(pools.UNSTORABLE)
    return found


def without_none(values: dict[str, Any]) -> dict[str, Any]:
    """Return the entries that have a value."""
    return {name: value for name, value in values.items() if value is not None}
