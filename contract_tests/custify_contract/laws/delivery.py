"""The laws of delivery: refusals, repeats, retries, workspaces, and messages that stay as they are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from custify_contract.choices import Choices, decoded
from custify_contract.faulty import FAULTS, deliver_at_least_once
from custify_contract.law import (
    SETTINGS,
    Case,
    Law,
    Trial,
    deliver_all,
    expect,
    expect_accepted,
    expect_person,
    expect_same,
)
from custify_contract.laws.states import counting, expect_equal, expect_state, expect_unchanged
from custify_contract.strategies import (
    ANONYMOUS,
    GROUPS,
    SIZE,
    any_message,
    group,
    identify,
    track,
    unnamed_group,
)
from custify_contract.targets import OTHER_KEY
from custify_contract.worlds import WORLD_SIZE, world

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_contract.strategies import Message

SECTION: Final = "Decisions, the transformer"
BYTES: Final = WORLD_SIZE + SIZE + 1
MANDATORY: Final = "Email or userId is mandatory"
DEDUPLICATING: Final = {**SETTINGS, "enablededuplication": True}
OTHER_TYPES: Final = ("page", "screen", "alias", "merge", "identity", "Record")
NO_KEYS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"apiKey": ""},
    {"apiKey": None},
    {"apiKey": " "},
    {"apiKey": 5},
)
NOBODY: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"userId": ""},
    {"userId": None},
    {"userId": " "},
    {"userId": {"a": 1}},
    {"userId": True},
)


def any_case(choices: Choices) -> Case:
    """Return any message in any workspace."""
    return Case((any_message(choices),), setup=world(choices))


def play_untouched(trial: Trial) -> None:
    """Transform the message and remember how it looked before."""
    trial.marks["before"] = msgspec.json.encode(trial.case.messages)
    deliver_all(trial)


def check_untouched(trial: Trial) -> None:
    """Expect the message as it was."""
    before = trial.marks["before"].decode()
    expect_same(
        msgspec.json.encode(trial.case.messages).decode(), before, "the message, after it was transformed"
    )


def nobody(choices: Choices) -> Case:
    """Return a message of any kind that names nobody: no user id, no email, and the setting off."""
    kind = choices.pick(("identify", "track", "group"))
    message: dict[str, Any] = {
        "type": kind,
        "messageId": "m1",
        "event": "Signed Up",
        "traits": {"name": "Acme", "plan": "Pro"},
    }
    message.update(choices.pick(NOBODY))
    message.update({"groupId": choices.pick(GROUPS)} if choices.flag() else {})
    message.update({"anonymousId": choices.pick(ANONYMOUS)} if choices.flag() else {})
    email: dict[str, Any] = choices.pick(({}, {"email": ""}, {"email": None}))
    message["context"] = {"traits": {"name": "Ann", **email}}
    return Case((message,), setup=world(choices), facts={"error": MANDATORY})


def check_refused(trial: Trial) -> None:
    """Expect the refusal and its reason, no request, and the workspace as it was."""
    refusal = trial.steps[-1].refusal
    expect(refusal is not None, "the message must be refused, but it was delivered")
    wanted = trial.case.facts["error"]
    expect(wanted in str(refusal), f"the refusal must say {wanted!r}, it says {refusal!r}")
    expect_same(len(trial.requests), 0, "requests of a refused message")
    expect_unchanged(trial)


def other_type(choices: Choices) -> Case:
    """Return a message of a type that Custify does not take."""
    kind = choices.pick(OTHER_TYPES)
    message = {**any_message(choices), "type": kind}
    return Case((message,), setup=world(choices), facts={"error": kind.lower()})


def check_other_type(trial: Trial) -> None:
    """Expect a refusal that names the type."""
    check_refused(trial)


def no_event(choices: Choices) -> Case:
    """Return a track without an event."""
    message = track(choices)
    del message["event"]
    message.update(choices.pick(({}, {"event": ""}, {"event": None})))
    return Case((message,), setup=world(choices), facts={"error": 'Missing required value from "event"'})


def no_key(choices: Choices) -> Case:
    """Return any message for a destination without an API key."""
    return Case((any_message(choices),), choices.pick(NO_KEYS), world(choices), {"error": "apiKey"})


def any_type_case(choices: Choices) -> Case:
    """Return a message whose type is not spelled in small letters."""
    message = any_message(choices)
    spelled = choices.pick((str.upper, str.capitalize))(message["type"])
    return Case(({**message, "type": spelled},), setup=world(choices))


def check_delivered(trial: Trial) -> None:
    """Expect the message taken like any other."""
    expect_accepted(trial)
    expect(trial.requests, "the message must become a request")
    expect_state(trial)


def authorized(choices: Choices) -> Case:
    """Return any message and an API key of its own."""
    return Case((any_message(choices),), {"apiKey": choices.pick(("contract-key", "k", "a-b.C_9"))})


def check_authorized(trial: Trial) -> None:
    """Expect the key of the settings in every request, and JSON by POST to Custify."""
    for request in trial.requests:
        expect_same(
            request.headers.get("Authorization"), f"Bearer {trial.case.settings['apiKey']}", "Authorization"
        )
        expect_same(request.headers.get("Content-Type"), "application/json", "Content-Type")
        expect_same(request.method, "POST", "method")
        expect(request.endpoint.startswith("https://api.custify.com/"), f"endpoint {request.endpoint}")


def repeated(make: Callable[[Choices], Message], choices: Choices) -> Case:
    """Return one message in any workspace, for a destination that deduplicates events."""
    return Case((make(choices),), dict(DEDUPLICATING), world(choices))


def play_twice(trial: Trial) -> None:
    """Deliver the message, look, and deliver it again."""
    deliver_all(trial)
    trial.marks["once"] = trial.custify.snapshot()
    deliver_all(trial)


def check_twice(trial: Trial) -> None:
    """Expect the workspace as it was after the first delivery."""
    expect_accepted(trial)
    expect_equal(
        counting(trial.after), counting(trial.marks["once"]), "the second delivery must change nothing"
    )


def play_elsewhere(trial: Trial) -> None:
    """Deliver the message with another key, after a look at that workspace."""
    trial.marks["elsewhere before"] = trial.custify.snapshot(OTHER_KEY)
    trial.deliver(trial.case.message, {**trial.case.settings, "apiKey": OTHER_KEY})
    trial.marks["elsewhere"] = trial.custify.snapshot(OTHER_KEY)


def check_elsewhere(trial: Trial) -> None:
    """Expect the message's whole effect in the other workspace, and none in this one."""
    expect_accepted(trial)
    empty = trial.marks["elsewhere before"]
    expect(not (empty.people or empty.companies or empty.events), "a workspace nobody wrote to must be empty")
    expect_unchanged(trial)
    other = Trial(trial.transformer, trial.custify, trial.case, trial.steps, empty, trial.marks["elsewhere"])
    expect_state(other)


def faulty(make: Callable[[Choices], Message], choices: Choices) -> Case:
    """Return three messages of a kind and the faults that their calls meet."""
    plan = [choices.pick(FAULTS) for _ in range(choices.number(8))]
    messages = tuple(make(choices) for _ in range(3))
    setup = world(choices)
    return Case(messages, dict(DEDUPLICATING), setup, {"faults": plan})


def play_faulty(trial: Trial) -> None:
    """Deliver exactly once, look, begin again, and deliver at least once over the faulty way."""
    deliver_all(trial)
    trial.marks["exactly once"] = trial.custify.snapshot()
    trial.prepare()
    trial.marks["faults met"] = deliver_at_least_once(trial, trial.case.facts["faults"])


def check_faulty(trial: Trial) -> None:
    """Expect both deliveries to end in the same workspace."""
    expect_equal(
        counting(trial.after),
        counting(trial.marks["exactly once"]),
        "at-least-once must end as exactly-once does",
    )


def order_of_calls(choices: Choices) -> Case:
    """Return an identify and a group of the same person, in both orders."""
    traits = {"name": "Ann", "email": "u1@example.com"}
    messages: list[Message] = [
        {"type": "identify", "userId": "u1", "messageId": "m1", "traits": traits},
        {
            "type": "group",
            "userId": "u1",
            "groupId": choices.pick(GROUPS),
            "messageId": "m2",
            "traits": {"name": "A"},
        },
    ]
    return Case(tuple(reversed(messages) if choices.flag() else messages))


def check_order_of_calls(trial: Trial) -> None:
    """Expect the same person in the same company, whichever call comes first."""
    expect_accepted(trial)
    person = expect_person(trial.after, str(trial.custify.rename({"userId": "u1"})["userId"]))
    expect_same(person.get("name"), "Ann", "name of the person")
    expect_same(len(person["companies"]), 1, "companies of the person")
    expect_state(trial)


MAKERS: Final = {"identify": identify, "group": group, "group-without-id": unnamed_group, "track": track}
REPEATED: Final = tuple(
    Law(
        f"repeat.{name}",
        SECTION,
        "A message that is delivered again changes nothing",
        "decided",
        decoded(partial(repeated, make), BYTES),
        check_twice,
        play_twice,
        needs_all=name == "track",
    )
    for name, make in MAKERS.items()
)
FAULTY: Final = tuple(
    Law(
        f"faults.{name}",
        "Decisions, the contract",
        "At-least-once delivery ends in the same state as exactly-once",
        "decided",
        decoded(partial(faulty, make), 3 * SIZE + WORLD_SIZE + 9),
        check_faulty,
        play_faulty,
        needs_all=True,
    )
    for name, make in MAKERS.items()
)
LAWS: Final = (
    Law(
        "message.untouched",
        SECTION,
        "transform is pure: the message stays as it is",
        "decided",
        decoded(any_case, BYTES),
        check_untouched,
        play_untouched,
    ),
    Law(
        "message.request",
        "Connection settings",
        "Enter the Custify API key used to authenticate the request.",
        "documented",
        decoded(authorized, SIZE + 2),
        check_authorized,
        needs_all=True,
    ),
    Law(
        "refused.nobody",
        SECTION,
        "Validation comes before the first request: a refused message leaves nothing behind. A "
        "message that names nobody "
        'is refused: "Email or userId is mandatory"',
        "decided",
        decoded(nobody, WORLD_SIZE + 12),
        check_refused,
    ),
    Law(
        "refused.type",
        SECTION,
        "Types other than identify, track, group are refused by name",
        "decided",
        decoded(other_type, BYTES),
        check_other_type,
    ),
    Law(
        "refused.track-without-event",
        "Track, supported mapping",
        "event | name",
        "documented",
        decoded(no_event, BYTES),
        check_refused,
    ),
    Law(
        "refused.no-api-key",
        "Connection settings",
        "API Key: This is a mandatory field.",
        "documented",
        decoded(no_key, BYTES),
        check_refused,
    ),
    Law(
        "message.type-in-any-case",
        SECTION,
        "The type of a message is read in any case of its letters",
        "observed",
        decoded(any_type_case, BYTES),
        check_delivered,
    ),
    Law(
        "message.either-order",
        "Group",
        "RudderStack assumes that an identify call (containing the userId ) is made before any group call.",
        "documented",
        decoded(order_of_calls, 4),
        check_order_of_calls,
    ),
    Law(
        "workspaces.apart",
        "Decisions, the fake",
        "One key is one isolated workspace, made on first use",
        "decided",
        decoded(any_case, BYTES),
        check_elsewhere,
        play_elsewhere,
        needs_all=True,
    ),
    *REPEATED,
    *FAULTY,
)
