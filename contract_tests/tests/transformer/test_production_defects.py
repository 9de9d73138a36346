"""Faults of `production` with messages of real SDKs, and what `documented` does instead."""

import pytest

from support.dataplane import Source

BOTH = pytest.mark.parametrize("profile", ["production", "documented"])
REMEMBERED = {"traits": {"company": {"id": "c1", "remove": False}}}
REMOVED = {"traits": {"company": {"id": "c1", "remove": True}}}
SAMPLE = {
    "traits": {"name": "Tech Group", "size": 150, "plan": "Pro"},
    "context": {"traits": {"name": "Alex"}},
}


def bodies(profile, message):
    """Return what a message sends with a profile, by the last part of the address."""
    source = Source()
    source.configure(profile=profile)
    source.send({"userId": "u1", **message})
    return {sent["endpoint"].rpartition("/")[2]: sent["body"] for sent in source.delivery()["requests"]}


@BOTH
def test_the_sample_of_the_page_loses_its_company(profile):
    sent = bodies(profile, {"type": "group", "groupId": "group01", "traits": SAMPLE})

    assert sent["company"].get("name") == {"production": None, "documented": "Tech Group"}[profile]


@BOTH
def test_a_group_links_the_company_that_the_browser_remembers(profile):
    sent = bodies(profile, {"type": "group", "groupId": "g1", "context": REMEMBERED})

    linked = {"production": "c1", "documented": "g1"}[profile]
    assert sent["people"]["companies"] == [{"company_id": linked, "remove": False}]


@BOTH
def test_a_removal_sticks_to_later_groups(profile):
    sent = bodies(profile, {"type": "group", "groupId": "g2", "context": REMOVED})

    assert sent["people"]["companies"][0]["remove"] is {"production": True, "documented": False}[profile]


@BOTH
def test_a_group_moves_the_date_of_sign_up(profile):
    sent = bodies(profile, {"type": "group", "groupId": "g1"})

    assert ("signed_up_at" in sent["people"]) is (profile == "production")


@BOTH
def test_a_numeric_group_id_stays_a_number(profile):
    sent = bodies(profile, {"type": "group", "groupId": 77})

    assert sent["company"]["company_id"] == {"production": 77, "documented": "77"}[profile]


@BOTH
def test_an_event_loses_what_is_zero_false_or_empty(profile):
    properties = {"zero": 0, "no": False, "empty": ""}

    sent = bodies(profile, {"type": "track", "event": "E", "properties": properties})

    kept = {"production": {"user_id": "u1"}, "documented": properties}[profile]
    assert sent["event"]["metadata"] == kept
