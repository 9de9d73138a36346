"""The examples of docs/divergences.md as laws: what the documented profile makes of each of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from custify_contract.divergences import divergences
from custify_contract.law import Case, Law, Step, Trial, expect_same
from custify_contract.targets import Refused

if TYPE_CHECKING:
    from custify_contract.divergences import Divergence

PREFIX: Final = "example."


def play(trial: Trial) -> None:
    """Transform the example without sending it: some of what production makes of it, Custify refuses."""
    try:
        requests, error = trial.transformer.transform(trial.case.message, trial.case.settings), None
        trial.marks["found"] = shown(requests)
    except Refused as refusal:
        requests, error = refusal.requests, str(refusal)
        trial.marks["found"] = {"error": error, **shown(requests)}
    trial.steps.append(Step(trial.case.message, requests, (), error))
    trial.marks["accepts"] = sorted({str(request.headers.get("Accept")) for request in requests})


def shown(requests: Any) -> dict[str, Any]:
    """Return requests as the recorded outcomes spell them."""
    return {"requests": [[request.endpoint.rpartition("/")[2], request.body] for request in requests]}


def check(example: Divergence, trial: Trial) -> None:
    """Expect the recorded outcome of the documented profile."""
    wanted = {name: value for name, value in example.documented.items() if name != "status"}
    expect_same(trial.marks["found"], wanted, "the requests of the example")
    if trial.marks["accepts"]:
        expect_same(trial.marks["accepts"], ["application/json"], "Accept in every request")


LAWS: Final = tuple(
    Law(
        PREFIX + example.id,
        "Divergences",
        f"{example.page} Production: {example.observed}",
        "decided",
        st.just(Case((example.message,), example.config)),
        partial(check, example),
        play,
    )
    for example in divergences()
)
