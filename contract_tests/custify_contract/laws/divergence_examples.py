"""The examples of docs/divergences.md as laws: each checks the outcome in the profile `documented`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.divergences.table import EXAMPLE_LAW, Divergence, divergences
from custify_contract.law import Case, Law, Step, Trial
from custify_contract.laws.checks import expect_same
from custify_contract.strategies.byte_choices import decoded
from custify_contract.targets import MessageRefusedError

if TYPE_CHECKING:
    from custify_transformer import HttpRequest


def transform_only(trial: Trial) -> None:
    """Transform the example without sending it: Custify would refuse some requests of production."""
    message, error = trial.case.message, None
    try:
        requests = trial.transformer.transform(message, trial.case.settings)
    except MessageRefusedError as refusal:
        requests, error = refusal.requests, str(refusal)
    trial.notes["outcome"] = {**({"error": error} if error is not None else {}), **bodies(requests)}
    trial.steps.append(Step(message, requests, (), error))


def bodies(requests: tuple[HttpRequest, ...]) -> dict[str, Any]:
    """Return requests in the form of divergences.json."""
    return {"requests": [[request.endpoint.rpartition("/")[2], request.body] for request in requests]}


def check(example: Divergence, trial: Trial) -> None:
    """Expect the outcome of the profile `documented` that the table records."""
    wanted = {name: value for name, value in example.documented.items() if name != "status"}
    expect_same(trial.notes["outcome"], wanted, "the requests of the example")
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
    )


LAWS: Final = tuple(map(example_law, divergences()))
