"""How a rule becomes a law: its messages are transformed, and some fields of the requests are compared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Law, Step, Trial
from custify_contract.laws.checks import expect, expect_same
from custify_contract.laws.rules.posted_company import (
    company_is_refused,
    expect_no_company,
    expect_posted_companies,
    post_twin,
)
from custify_contract.observed_state import json_text
from custify_contract.rules import DERIVED, expected_requests
from custify_contract.strategies.byte_choices import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_contract.law import Case, Level
    from custify_contract.rules import Expected
    from custify_contract.strategies.byte_choices import ByteChoices
    from custify_transformer import HttpRequest

EVERY_FIELD: Final = "*"
DECISION: Final = "Decisions, the transformer"
SHORTEST_KEY: Final = 8


def transform_only(trial: Trial) -> None:
    """Transform the messages without sending their requests: Custify would refuse some edge values."""
    for message in trial.messages:
        trial.steps.append(transformed(trial, message))


def transformed(trial: Trial, message: Any) -> Step:
    """Return the step of a message that is transformed and not sent; the message must not change."""
    text = json_text(message)
    requests, refused = trial.transform(message, trial.case.settings)
    expect_same(json_text(message), text, "the message, after it was transformed")
    if refused is not None:
        return Step(message, requests, (), refused, trial.case.settings)
    for request in requests:
        trial.custify.remember(request.body)
    return Step(message, requests, (), None, trial.case.settings)


def check_fields(fields: tuple[str, ...], trial: Trial) -> None:
    """Expect the requests that the rules ask for, in order, with the values of `fields` ("people.email")."""
    twins: dict[str, str] = {}
    for step in trial.steps:
        wanted = expected_requests(step.message, trial.case.settings)
        posts = trial.transformer.posts_companies
        if wanted.refusal is not None:
            expect_refusal(step, wanted.refusal)
            expect_no_key(step, trial.case.settings.get("apiKey"))
            if posts and len(trial.steps) == 1:
                expect_no_company(trial)
        elif not (posts and company_is_refused(trial, step, wanted)):
            expect(step.refusal is None, f"the message was refused: {step.refusal}")
            expect_requests(trial, step, wanted, fields)
            if posts:
                post_twin(trial, step, wanted, twins)
    names = fields_of("/company", fields)
    if names or EVERY_FIELD in fields:
        expect_posted_companies(trial, twins, tuple(names))


def expect_refusal(step: Step, reason: str) -> None:
    """Expect the refusal with its reason, and no request."""
    expect(step.refusal is not None, f"the message must be refused ({reason}), but it was accepted")
    expect(reason in str(step.refusal), f"the refusal must say {reason!r}, it says {step.refusal!r}")
    expect_same([request.endpoint for request in step.requests], [], "requests of a refused message")


def expect_no_key(step: Step, key: Any) -> None:
    """Expect that the text of a refusal does not show the API key; a short key may be part of a word."""
    is_long = isinstance(key, str) and len(key) >= SHORTEST_KEY
    expect(not (is_long and key in str(step.refusal)), "the refusal must not show the API key")


def expect_requests(trial: Trial, step: Step, wanted: Expected, fields: tuple[str, ...]) -> None:
    """Expect the requests in order, and the values of `fields` in them."""
    sent = [(path_of(request), request.body) for request in step.requests]
    asked = [
        (path, body)
        for path, body in wanted.requests
        if not (path == "/company" and trial.transformer.posts_companies)
    ]
    expect_same([path for path, _ in sent], [path for path, _ in asked], "paths of the requests, in order")
    for (path, found), (_, body) in zip(sent, asked, strict=True):
        asked_body = with_derived_id(body, sent[0][1], step.message)
        names = sorted({*found, *asked_body}) if EVERY_FIELD in fields else fields_of(path, fields)
        for name in names:
            expect_same(found.get(name), asked_body.get(name), f"{name} in POST {path}")
            expect(name in asked_body or name not in found, f"{name} in POST {path}: it must be left out")


def path_of(request: HttpRequest) -> str:
    """Return the last part of the endpoint, as the rules name it."""
    return "/" + request.endpoint.rpartition("/")[2]


def fields_of(path: str, fields: tuple[str, ...]) -> list[str]:
    """Return the names of the fields that are compared in the request to a path."""
    parts = (field.partition(".") for field in fields)
    return [name for kind, _, name in parts if f"/{kind}" == path]


def with_derived_id(body: dict[str, Any], first: dict[str, Any], message: Any) -> dict[str, Any]:
    """Return an expected body; the id that is derived from the message is the one in the first request.

    It is a new id, so it is no value of the message, except that it may be the messageId.
    """
    links = first.get("companies") or [{}]
    found = first.get("company_id") or links[0].get("company_id")
    if not isinstance(found, str) or not found.strip() or found in texts_of({**message, "messageId": None}):
        return body
    if body.get("company_id") == DERIVED:
        return {**body, "company_id": found}
    if body.get("companies", [{}])[0].get("company_id") == DERIVED:
        return {**body, "companies": [{"company_id": found, "remove": False}]}
    return body


def texts_of(value: Any) -> set[str]:
    """Return the texts and numbers anywhere in a value, as text."""
    if isinstance(value, (dict, list)):
        parts = value.values() if isinstance(value, dict) else value
        return {text for part in parts for text in texts_of(part)}
    return {str(value)}


def rule(  # noqa: PLR0913 - a rule is a row: its name, its sentence, its cases, what is compared
    law_id: str,
    source: str,
    decode: Callable[[ByteChoices], Case],
    size: int,
    *fields: str,
    level: Level = "decided",
    section: str = DECISION,
    needs_all: bool = False,
) -> Law:
    """Return the law of a rule; its cases are decoded from `size` bytes."""
    check = partial(check_fields, fields)
    return Law(
        law_id, section, source, decoded(decode, size), check, transform_only, level, needs_all, sends=False
    )
