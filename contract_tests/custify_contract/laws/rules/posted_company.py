"""Companies that a transformer posts itself: they are stored in Custify, and not among its requests.

The company that the rules ask for is posted beside it, with another id, for each message in turn: its twin.
In the end both records must have the same fields, so whatever Custify does to a value happens to both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.laws.checks import expect, expect_same
from custify_contract.rules import DERIVED
from custify_contract.targets import custify_call

if TYPE_CHECKING:
    from custify_contract.law import Step, Trial
    from custify_contract.rules import Expected

TWIN: Final = "expected"  # the id of a twin, with its number
NOT_COMPARED: Final = frozenset({"company_id", "people"})


def company_is_refused(trial: Trial, step: Step, wanted: Expected) -> bool:
    """Return whether a transformer could not post a company itself, because Custify refuses its fields.

    The fields are posted to a twin: its id is as long, because an id may be too long.
    """
    body = wanted.body("/company")
    if step.refusal is None or not body:
        return False
    twin = twin_id(trial, "refused").ljust(len(str(body["company_id"])), "x")
    return not post(trial, {**body, "company_id": twin})


def post(trial: Trial, body: dict[str, Any]) -> bool:
    """Post a company; return whether Custify took it."""
    return trial.custify.send(custify_call("POST", "/company", body)).ok


def twin_id(trial: Trial, number: int | str) -> str:
    """Return the id of a twin, as it is named in this run."""
    return str(trial.custify.rename({"groupId": f"{TWIN}-{number}"})["groupId"])


def post_twin(trial: Trial, step: Step, wanted: Expected, twins: dict[str, str]) -> None:
    """Post the company that the rules ask for to its twin; `twins` has the ids of both.

    A company that Custify refuses is not compared: its twin is "".
    """
    asked = wanted.body("/company")
    if not asked:
        return
    company_id = str(linked_id(step) if asked["company_id"] == DERIVED else asked["company_id"])
    twin = twins.setdefault(company_id, twin_id(trial, len(twins)))
    if twin and not post(trial, {**asked, "company_id": twin}):
        twins[company_id] = ""


def expect_posted_companies(trial: Trial, twins: dict[str, str], names: tuple[str, ...]) -> None:
    """Expect each posted company with the values of its twin in `names`, in all fields if there are none."""
    compared = {company_id: twin for company_id, twin in twins.items() if twin}
    if not compared:
        return
    found = {one["company_id"]: one for one in trial.custify.observe().companies}
    for company_id, twin_name in compared.items():
        expect(company_id in found, f"the company {company_id} must be stored: the transformer posts it")
        posted, twin = found[company_id], found.get(twin_name, {})
        for name in names or sorted({*posted, *twin} - NOT_COMPARED):
            if name not in NOT_COMPARED:
                expect_same(posted.get(name), twin.get(name), f"{name} in POST /company")


def linked_id(step: Step) -> Any:
    """Return the id of the company that the person of a group is linked to."""
    links = step.requests[-1].body.get("companies") if step.requests else None
    return links[0].get("company_id") if links else None


def expect_no_company(trial: Trial) -> None:
    """Expect that a refused message left no company."""
    found = [one["company_id"] for one in trial.custify.observe().companies]
    expect_same(found, [], "companies that a refused message left")
