"""The examples of docs/divergences.md as laws: each checks the outcome in the profile `documented`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import expect_same
from custify_contract.laws.rules.rule import EVERY_FIELD, check_fields, transform_only
from custify_contract.strategies.byte_choices import decoded
from custify_transformer.divergences.table import EXAMPLE_LAW, Divergence, divergences

if TYPE_CHECKING:
    from custify_contract.law import Step
    from custify_transformer import HttpRequest

HEADERS: Final = "company-headers"  # about a call that a transformer with its own client makes unseen


def outcome(step: Step) -> dict[str, Any]:
    """Return the outcome of a message in the form of divergences.json."""
    return {**({"error": step.refusal} if step.refusal is not None else {}), **bodies(step.requests)}


def bodies(requests: tuple[HttpRequest, ...]) -> dict[str, Any]:
    """Return requests in the form of divergences.json."""
    return {"requests": [[request.endpoint.rpartition("/")[2], request.body] for request in requests]}


def check(example: Divergence, trial: Trial) -> None:
    """Expect the outcome of the profile `documented` that the table records.

    A transformer that posts companies gets messages with other ids, so the rules say what is expected of it.
    """
    if trial.transformer.posts_companies:
        check_fields((EVERY_FIELD,), trial)
    else:
        wanted = {name: value for name, value in example.documented.items() if name != "status"}
        expect_same(outcome(trial.steps[-1]), wanted, "the requests of the example")
    for request in trial.requests:
        expect_same(request.headers.get("Accept"), "application/json", "Accept")


def example_law(example: Divergence) -> Law:
    """Return the law of an example."""
    return Law(
        EXAMPLE_LAW + example.id,
        "Divergences",
        f"{example.page} Production: {example.observed}",
        decoded(lambda _: Case((example.message,), example.config), 0),
        partial(check, example),
        transform_only,
        "decided",
        needs_all=example.id == HEADERS,
        sends=False,
    )


LAWS: Final = tuple(map(example_law, divergences()))
