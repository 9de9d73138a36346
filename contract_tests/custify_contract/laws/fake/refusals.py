"""Laws about writes that the fake refuses: the error, and no change in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.laws.checks import expect, expect_same, expect_unchanged
from custify_contract.laws.fake.writes import law, post

if TYPE_CHECKING:
    from custify_contract.law import Case, Trial
    from custify_contract.strategies.byte_choices import ByteChoices

BAD_CALLS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("/people", {"user_id": "p1", "name": "Half", "signed_up_at": "yesterday"}),
    ("/people", {"user_id": "p1", "name": "Half", "session_count": "many"}),
    ("/people", {"user_id": "p1", "name": "Half", "session_count": 2.5}),
    ("/people", {"user_id": "p1", "name": "Half", "session_count": 2147483648}),
    ("/people", {"user_id": "p1", "name": "Half", "custom_attributes": 5}),
    ("/people", {"user_id": "p1", "name": "Half", "custom_attributes": {"a.b": 1}}),
    ("/people", {"user_id": "p1", "name": "Half", "custom_attributes": {"a": [1]}}),
    ("/people", {"user_id": "p1", "name": "Half", "$unset": ["name"]}),
    ("/people", {"user_id": "p1", "$unset": ["custom_attributes.a"], "custom_attributes": {"a": 1}}),
    ("/company", {"company_id": "c1", "name": "Half", "$unset": ["name"]}),
    (
        "/company",
        {"company_id": "c1", "$unset": ["custom_attributes.region"], "custom_attributes": {"region": 1}},
    ),
    ("/people", {"user_id": "p1", "name": "Half", "companies": {"company_id": "c1"}}),
    ("/people", {"name": "Half"}),
    ("/company", {"company_id": "c1", "name": "Half", "churned": "perhaps"}),
    ("/company", {"company_id": "c1", "name": "Half", "signed_up_at": "soon"}),
    ("/company", {"name": "Half"}),
    ("/event", {"user_id": "p1"}),
    ("/event", {"name": "Half"}),
    ("/event", {"name": "Half", "user_id": "p1", "created_at": "soon"}),
    ("/event", {"name": "Half", "user_id": "p1"}),
)
BAD_LINKS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"remove": True},
    {"company_id": ""},
    {"id": "f" * 24},
    {"company_id": None},
)


def bad_link(choices: ByteChoices) -> Case:
    """Return an upsert with two valid links and an invalid one."""
    links = [{"company_id": "new"}, {"company_id": "c1", "remove": True}, choices.pick(BAD_LINKS)]
    body = {"user_id": choices.pick(("p1", "p4")), "name": "Half", "custom_attributes": {"half": 1}}
    return post("/people", {**body, "companies": links})


def bad_value(choices: ByteChoices) -> Case:
    """Return a call with one invalid value and valid ones."""
    return post(*choices.pick(BAD_CALLS))


def check_refused(trial: Trial) -> None:
    """Expect status 400 with an error text, and no change in the workspace."""
    response = trial.notes["response"]
    expect_same(response.status, 400, f"status of POST {trial.case.facts['path']}")
    has_error = isinstance(response.body, dict) and response.body.get("error")
    expect(has_error, "a refusal must have its reason in the field error")
    expect_unchanged(trial)


LAWS: Final = (
    law("half-links", "A call with one bad link changes nothing", bad_link, check_refused),
    law("bad-value", "A call with one bad value changes nothing", bad_value, check_refused),
)
