"""Rules about any message: its type, its requests as a whole, and that messages do not change each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import SETTINGS, Case, Law, Trial
from custify_contract.laws.checks import expect, expect_same
from custify_contract.laws.rules.identity import KINDS
from custify_contract.laws.rules.rule import DECISION, check_fields, rule, transform_only, transformed
from custify_contract.observed_state import json_text
from custify_contract.strategies.byte_choices import decoded
from custify_contract.strategies.messages import SIZE, group, group_without_id, identify, track
from custify_contract.targets import API, API_KEY, custify_call

if TYPE_CHECKING:
    from custify_contract.law import Step
    from custify_contract.strategies.byte_choices import ByteChoices

SPELLINGS: Final = (
    "identify",
    "IDENTIFY",
    "Identify",
    " identify ",
    "track",
    "Track\n",
    "TRACK",
    "group",
    " GROUP",
)
OTHER_TYPES: Final[tuple[Any, ...]] = (
    "page",
    "Screen",
    "alias",
    "identity",
    "",
    None,
    ...,
    5,
    True,
    ["track"],
    {},
)
NO_MESSAGES: Final[tuple[Any, ...]] = (None, "track", 5, True, [], [{"type": "track"}])
KEYS: Final[tuple[Any, ...]] = (
    API_KEY,
    "k",
    "a-b.C_9 ~",
    "Key" * 100,
    "",
    " ",
    "\t",
    None,
    ...,
    5,
    True,
    ["k"],
    "sch\u00fcssel",
    "a\nb",
)
SETTINGS_OF_KINDS: Final = (
    SETTINGS,
    {**SETTINGS, "sendAnonymousId": True},
    {**SETTINGS, "enablededuplication": True},
)


def any_type(choices: ByteChoices) -> Case:
    """Return a message with any spelling of its type, or of a type that is refused."""
    message = {key: value for kind in KINDS for key, value in kind.items()} | {"userId": "u1"}
    kind = choices.pick((*SPELLINGS, *OTHER_TYPES))
    message |= {"type": kind}
    if kind is ...:
        del message["type"]
    return Case((message,))


def no_object(choices: ByteChoices) -> Case:
    """Return a message that is not a JSON object."""
    return Case((choices.pick(NO_MESSAGES),))


def any_key(choices: ByteChoices) -> Case:
    """Return a message and any value as the API key."""
    key = choices.pick(KEYS)
    return Case(({**choices.pick(KINDS), "userId": "u1"},), {} if key is ... else {"apiKey": key})


def whole(kind: str, choices: ByteChoices) -> Case:
    """Return any message of a type, with any settings."""
    makers = {"identify": (identify,), "track": (track,), "group": (group, group, group_without_id)}
    message = choices.pick(makers[kind])(choices)
    return Case((message,), dict(choices.pick(SETTINGS_OF_KINDS)))


def check_envelope(trial: Trial) -> None:
    """Expect POST to the right URL, with the headers of Custify and without query parameters."""
    check_fields((), trial)
    for step in trial.steps:
        for request in step.requests:
            expect_envelope(trial, request)


def expect_envelope(trial: Trial, request: Any) -> None:
    """Expect method, URL, headers and parameters of one request."""
    wanted = custify_call("POST", "", api_key=trial.case.settings["apiKey"])
    expect_same(request.method, wanted.method, "method")
    expect(request.endpoint.startswith(f"{API}/"), f"the endpoint must be at {API}, it is {request.endpoint}")
    expect_same(request.endpoint.count("/"), 3, "slashes in the endpoint")
    expect_same(dict(request.headers), wanted.headers, "headers")
    expect_same(request.params, {}, "query parameters")


def three(choices: ByteChoices) -> Case:
    """Return three messages of any type, the first one again at the end."""
    makers = (identify, track, group)
    one, other = choices.pick(makers)(choices), choices.pick(makers)(choices)
    return Case((one, other, one), dict(SETTINGS))


def transform_in_turn(trial: Trial) -> None:
    """Transform the messages in turn; change each returned body, so that a shared one shows."""
    texts = [json_text(message) for message in trial.messages]
    trial.notes["results"] = [result_text(add_step(trial, message)) for message in trial.messages]
    trial.notes["changed"] = [
        message for message, text in zip(trial.messages, texts, strict=True) if json_text(message) != text
    ]


def add_step(trial: Trial, message: Any) -> Step:
    """Transform a message and keep its step."""
    step = transformed(trial, message)
    trial.steps.append(step)
    return step


def result_text(step: Step) -> str:
    """Return the result of a step as text; then spoil its bodies and headers."""
    text = json_text([step.refusal, *(request.to_json() for request in step.requests)])
    for request in step.requests:
        request.body["spoiled"] = True
        request.headers["spoiled"] = "yes"
    return text


def check_in_turn(trial: Trial) -> None:
    """Expect the same result for the same message, whatever came between; no message may change."""
    first, _, again = trial.notes["results"]
    expect_same(again, first, "the requests of the same message, after another one")
    expect_same(trial.notes["changed"], [], "messages that the transformer changed")


def kept_settings(choices: ByteChoices) -> Case:
    """Return a message and settings that must stay as they are."""
    return Case(({**choices.pick(KINDS), "anonymousId": "a1"},), dict(choices.pick(SETTINGS_OF_KINDS)))


def transform_and_keep_settings(trial: Trial) -> None:
    """Note the settings, then transform."""
    trial.notes["settings"] = json_text(trial.case.settings)
    transform_only(trial)


def check_settings(trial: Trial) -> None:
    """Expect the settings as they were."""
    expect_same(json_text(trial.case.settings), trial.notes["settings"], "the settings, after a message")


WHOLE: Final = "The requests of a message have the fields of the tables and no other"
LAWS: Final = (
    rule(
        "message.type",
        "Spelling of the type: blanks around it and case are ignored; other types are refused by name",
        any_type,
        3,
    ),
    rule("refused.no-object", "A message that is not a JSON object is refused", no_object, 1, needs_all=True),
    rule(
        "refused.any-key",
        "A missing or unusable apiKey: configuration error, no request; the same for only blanks, "
        "control characters or non-ASCII letters",
        any_key,
        2,
    ),
    *(
        rule(f"{kind}.whole", WHOLE, partial(whole, kind), SIZE + 2, "*")
        for kind in ("identify", "track", "group")
    ),
    Law(
        "message.envelope",
        DECISION,
        "Every request is a POST of JSON to https://api.custify.com with the key of the settings",
        decoded(
            lambda choices: Case(
                (choices.pick((identify, track, group))(choices),), {"apiKey": choices.pick(KEYS[:4])}
            ),
            SIZE + 2,
        ),
        check_envelope,
        transform_only,
        "decided",
        sends=False,
    ),
    Law(
        "message.independent",
        DECISION,
        "transform is pure: no message changes, and none has an effect on the next one",
        decoded(three, 2 * SIZE + 2),
        check_in_turn,
        transform_in_turn,
        "decided",
        sends=False,
    ),
    Law(
        "message.settings-untouched",
        DECISION,
        "transform is pure: the settings are not changed",
        decoded(kept_settings, 2),
        check_settings,
        transform_and_keep_settings,
        "decided",
        sends=False,
    ),
)
