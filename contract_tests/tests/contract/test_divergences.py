"""The table of known divergences is correct and complete: a new or a removed difference fails here."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custify_contract.divergences.page import document
from custify_contract.law import Case
from custify_contract.laws import get_law
from custify_contract.run.known_divergences import divergence_ids
from custify_transformer import Destination, transform
from custify_transformer.divergences.differences import differences, outcome, unexplained
from custify_transformer.divergences.message_view import MessageView
from custify_transformer.divergences.rules import PARTS, RULES
from custify_transformer.divergences.table import divergences
from custify_transformer.javascript import encode
from support.hostile import configs, messages
from support.json_difference import assert_same_json
from support.paths import ROOT

KNOWN = [pytest.param(one, id=one.id) for one in divergences()]
FIELDS = {
    "people": (
        "user_id email phone session_count name signed_up_at companies custom_attributes "
        "unsubscribed_from_emails unsubscribed_from_calls"
    ),
    "company": "company_id name industry size website plan monthly_revenue churned custom_attributes headers",
    "event": "user_id email name created_at company_id deduplication_id metadata",
}
ALL_PARTS = [
    "refusal",
    "requests",
    "body",
    *(f"{one}.{name}" for one in FIELDS for name in FIELDS[one].split()),
]
IN_BODIES = [one for one in KNOWN if one.id != "company-headers"]


@pytest.mark.parametrize("one", KNOWN)
@pytest.mark.parametrize("profile", ["documented", "production"])
def test_an_example_has_the_outcome_that_the_table_records(one, profile):
    found = outcome(one.message, one.config, profile)

    assert_same_json(found, getattr(one, profile))


@pytest.mark.parametrize("one", IN_BODIES)
def test_an_example_still_differs_between_the_profiles(one):
    found = outcome(one.message, one.config, "documented")

    assert encode(found) != encode(outcome(one.message, one.config, "production"))


@pytest.mark.parametrize("one", IN_BODIES)
def test_a_divergence_explains_its_own_example(one):
    view = MessageView(one.message, one.config)

    explained = [part for part in differences(one.message, one.config) if RULES[one.id](view, part)]

    assert explained


def test_the_company_of_a_group_goes_out_with_other_headers():
    message = {"type": "group", "userId": "u1", "groupId": "g1"}

    accepts = [
        transform(message, Destination("k"), name)[0].headers["Accept"]
        for name in ("documented", "production")
    ]

    assert accepts == ["application/json", "application/json, text/plain, */*"]


def test_every_divergence_has_a_rule_and_every_rule_a_divergence():
    assert [one.id for one in divergences()] == list(RULES)


def test_the_page_is_the_table():
    assert (ROOT / "docs" / "divergences.md").read_text(encoding="utf-8") == document()


def test_each_example_of_the_page_can_be_sent_again():
    cells = re.findall(r"`(\{.*?\})`(?: with the settings `(\{.*?\})`)? \|", document().replace("\\|", "|"))

    shown = [(json.loads(message), json.loads(config or '{"apiKey": "k"}')) for message, config in cells]

    assert shown == [(one.message, one.config) for one in divergences()]


WORKING = {"apiKey": "key"}


@settings(max_examples=300)
@given(message=messages(), config=st.one_of(st.just(WORKING), configs()))
def test_every_difference_is_explained(message, config):
    left = unexplained(message, config)

    assert left == set()


@pytest.mark.parametrize("name", RULES)
def test_a_rule_explains_only_the_parts_that_are_listed_for_it(name):
    """The listed parts only save time: a rule that is left out for a part would never explain it."""
    explained = set()
    for known in divergences():
        view = MessageView(known.message, known.config)
        explained |= {part for part in ALL_PARTS if RULES[name](view, part)}

    assert explained <= set(PARTS.get(name, ALL_PARTS))


@pytest.mark.parametrize(
    ("broken", "ids"),
    [
        ("phone in POST /people: expected nothing, found []", {"odd-values-in-fields"}),
        (
            "custom_attributes in POST /people: expected nothing",
            {"mapped-come-twice", "empty-custom-attributes", "reserved-names-vanish"},
        ),
    ],
)
def test_only_divergences_about_the_part_that_broke_are_named(broken, ids):
    case = Case(({"type": "identify", "userId": "u1", "traits": {"phone": []}},))

    assert divergence_ids(get_law("identify.phone.edges"), case, broken) == ids
