"""Messages as the SDKs send them, on small pools of ids, so that messages meet in the same records.

Where each channel puts the fields is recorded: docs/data-plane.md, "Where the fields are".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.choices import Choices, decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

Message = dict[str, Any]

USERS: Final[tuple[str | int, ...]] = ("u1", "u2", "ü 3", 77)
GROUPS: Final[tuple[str | int, ...]] = ("g1", "g2", "日本/4", 42)
ANONYMOUS: Final = ("a1", "a2")
EMAILS: Final = {
    "u1": "u1@example.com",
    "u2": "u2@example.com",
    "ü 3": "u3@example.com",
    "77": "n77@example.com",
}
FRESH_EMAILS: Final = ("new@example.com", "neu+1@example.com")
MESSAGE_IDS: Final = tuple(f"m{number}" for number in range(1, 9))
NAMES: Final = ("Ann", "Ünal", "李")
DATES: Final = ("2026-01-31T12:00:00.000Z", "2025-12-01T00:00:00.000Z", "2024-05-06T07:08:09.123Z")
TIMES: Final = ("2026-03-02T09:00:00.000Z", "2026-03-02T09:00:01.500Z", "2026-03-03T23:59:59.999Z")
SCALARS: Final = ("Pro", 0, False, 12.5, True, "日本", 7)
UNSTORABLE: Final = ({"a": 1}, [1, "x"], None)
EVENTS: Final = ("Order Completed", "Signed Up", "Exporté")
UNMAPPED: Final = ("country", "größe", "plan_2", "betaTester")

# Channel: where identify's traits stand, which times are sent, how an absent user id looks.
CHANNELS: Final[tuple[Mapping[str, Any], ...]] = (
    {"channel": "server", "traits": ("traits",), "times": ("timestamp",), "absent": {}},
    {"channel": "web", "traits": ("context",), "times": ("originalTimestamp",), "absent": {"userId": ""}},
    {"channel": "server", "traits": ("context",), "times": ("timestamp",), "absent": {"userId": None}},
    {"channel": "server", "traits": ("traits", "context"), "times": ("originalTimestamp",), "absent": {}},
    {"channel": "mobile", "traits": ("context",), "times": ("originalTimestamp",), "absent": {"userId": ""}},
    {"channel": "server", "traits": ("traits",), "times": ("timestamp", "originalTimestamp"), "absent": {}},
)


def as_text(value: object) -> str:
    """Return an id of a pool as Custify keeps it."""
    return str(value)


def envelope(choices: Choices, kind: str) -> tuple[Message, Mapping[str, Any]]:
    """Return a message of `kind` with what every SDK adds, and the channel it came by."""
    channel = choices.pick(CHANNELS)
    message: Message = {"type": kind, "channel": channel["channel"], "messageId": choices.pick(MESSAGE_IDS)}
    message.update({name: choices.pick(TIMES) for name in channel["times"]})
    return message, channel


def name_user(choices: Choices, message: Message, channel: Mapping[str, Any]) -> str | None:
    """Write a user id from the pool into `message`, or the channel's way to have none; return it as text."""
    user = choices.pick((*USERS, *USERS, None))
    anonymous = choices.maybe(ANONYMOUS)
    message.update(channel["absent"] if user is None else {"userId": user})
    message.update({} if anonymous is None else {"anonymousId": anonymous})
    return None if user is None else as_text(user)


def email_of(choices: Choices, user: str | None) -> str | None:
    """Return an email that nobody but `user` has, or None."""
    own = EMAILS[user] if user else FRESH_EMAILS[0]
    return choices.maybe((own, own, *FRESH_EMAILS))


def person_traits(choices: Choices, user: str | None, *, email: bool = True) -> dict[str, Any]:
    """Return traits of a person; with `email` a person without user id is named by one in most cases."""
    address = email_of(choices, user)
    traits = {
        "email": address or (FRESH_EMAILS[1] if email and user is None else None),
        "phone": choices.maybe(("555 0100", "+49 30 1")),
        "sessionCount": choices.maybe((0, 7, 2.5)),
        "unsubscribedFromEmails": choices.maybe((False, True)),
        "unsubscribedFromCalls": choices.maybe((False, True)),
        "name": choices.maybe(NAMES),
        "signedUpAt": choices.maybe(DATES),
    }
    return {**{name: value for name, value in traits.items() if value is not None}, **attributes(choices)}


def attributes(choices: Choices) -> dict[str, Any]:
    """Return up to two traits that no row maps; now and then one that cannot be stored."""
    found: dict[str, Any] = {}
    for _ in range(2):
        name, value = choices.pick(UNMAPPED), choices.maybe(SCALARS)
        found.update({} if value is None else {name: value})
    if choices.number(8) == 7:  # noqa: PLR2004 - one in eight
        found["nested"] = choices.pick(UNSTORABLE)
    return found


def place(message: Message, channel: Mapping[str, Any], traits: dict[str, Any]) -> None:
    """Write the traits of a person where the channel has them."""
    if "traits" in channel["traits"]:
        message["traits"] = dict(traits)
    if "context" in channel["traits"]:
        message["context"] = {"traits": dict(traits)}


def identify(choices: Choices) -> Message:
    """Return an identify; it may name a company to join or to leave."""
    message, channel = envelope(choices, "identify")
    user = name_user(choices, message, channel)
    traits = person_traits(choices, user)
    company, leave = choices.maybe(GROUPS), choices.maybe((False, True))
    if company is not None:
        traits["company"] = {"id": company, **({} if leave is None else {"remove": leave})}
    place(message, channel, traits)
    return message


def track(choices: Choices) -> Message:
    """Return a track; without a user id it names the person by email."""
    message, channel = envelope(choices, "track")
    user = name_user(choices, message, channel)
    message["event"] = choices.pick(EVENTS)
    properties = {name: value for name in ("rows", "größe") if (value := choices.maybe(SCALARS)) is not None}
    company = choices.maybe(GROUPS)
    message["properties"] = {**properties, **({} if company is None else {"organization_id": company})}
    email = email_of(choices, user)
    if user is None or email:
        message["context"] = {"traits": {"email": email or FRESH_EMAILS[1]}}
    return message


def company_traits(choices: Choices) -> dict[str, Any]:
    """Return traits of a company."""
    traits = {
        "name": choices.maybe(("Acme", "Größe AG")),
        "industry": choices.maybe(("Retail", "製造")),
        "size": choices.maybe((0, 150)),
        "website": choices.maybe(("https://a.example.com",)),
        "plan": choices.maybe(("Pro", "Free")),
        "mrr": choices.maybe((0, 900.5)),
        "churned": choices.maybe((False, True)),
    }
    return {**{name: value for name, value in traits.items() if value is not None}, **attributes(choices)}


def group(choices: Choices) -> Message:
    """Return a group; the person's traits, where sent, stand in context.traits."""
    message, channel = envelope(choices, "group")
    user = name_user(choices, message, channel)
    message["groupId"] = choices.pick(GROUPS)
    message["traits"] = company_traits(choices)
    traits = person_traits(choices, user)
    if traits and (user is None or choices.flag()):
        message["context"] = {"traits": traits}
    return message


def unnamed_group(choices: Choices) -> Message:
    """Return a group without groupId."""
    return {name: value for name, value in group(choices).items() if name != "groupId"}


KINDS: Final = (identify, group, track)
SIZE: Final = 40  # bytes that the longest message, a group, reads


def any_message(choices: Choices) -> Message:
    """Return a message of any of the three kinds."""
    return choices.pick(KINDS)(choices)


def identify_messages() -> SearchStrategy[Message]:
    """Return identifies."""
    return decoded(identify, SIZE)


def track_messages() -> SearchStrategy[Message]:
    """Return tracks."""
    return decoded(track, SIZE)


def group_messages() -> SearchStrategy[Message]:
    """Return groups."""
    return decoded(group, SIZE)


def messages() -> SearchStrategy[Message]:
    """Return messages of all three kinds."""
    return decoded(any_message, SIZE + 1)
