"""The four samples of the documentation page, as the browser SDK sends them."""

import json

import pytest

from custify_contract.law import Case, Trial
from custify_contract.run import in_process_targets
from support.paths import CASES

SAMPLES = json.loads((CASES / "samples.json").read_text(encoding="utf-8"))
WHO = {"user_id": "1hKOmRA4GRlm", "name": "Alex Keener", "email": "alex@example.com"}
SUBSCRIBED = {"unsubscribed_from_emails": False, "unsubscribed_from_calls": False}


@pytest.fixture
def deliver():
    def delivered(name, *setup):
        targets = in_process_targets()
        trial = Trial(targets.transformer, targets.custify, Case(setup=setup))
        trial.prepare()
        trial.deliver(SAMPLES[name])
        return targets.custify.observe()

    return delivered


def test_the_identify_sample_creates_the_person_it_shows(deliver):
    after = deliver("identify")

    person = {
        **WHO,
        **SUBSCRIBED,
        "signed_up_at": "2026-01-02T03:04:05.000Z",
        "custom_attributes": {"country": "USA"},
        "companies": [],
    }
    assert after.people == (person,)


def test_the_removal_sample_updates_the_person_and_takes_them_out(deliver):
    links = [{"company_id": name} for name in ("company_123", "other")]
    member = {
        "user_id": "1hKOmRA4GRlm",
        "companies": links,
    }

    person = deliver("removal", ("/people", member)).people[0]

    assert (person["companies"], person["custom_attributes"]) == (["other"], {"country": "USA"})


def test_the_track_sample_is_recorded_with_its_properties(deliver):
    event = deliver("track", ("/people", {"user_id": "1hKOmRA4GRlm"})).events[0]

    assert (event["name"], event["person"]) == ("Order Completed", "1hKOmRA4GRlm")
    assert event["metadata"] == {"category": "category", "label": "label", "value": 120}


def test_the_group_sample_makes_its_company_its_person_and_their_association(deliver):
    after = deliver("group")

    company = {
        "company_id": "group01",
        "name": "Tech Group",
        "size": 150,
        "plan": "Pro",
        "churned": False,
        "custom_attributes": {},
    }
    assert after.companies == ({**company, "people": ["1hKOmRA4GRlm"]},)
    assert after.people == ({**WHO, **SUBSCRIBED, "custom_attributes": {}, "companies": ["group01"]},)
