"""Groups in the profile `documented`: traits one level too deep, and company ids that are derived."""

import re
from functools import reduce

import pytest

from custify_transformer import ConfigurationError, Destination, InstrumentationError, transform

KEY = Destination("key")
GROUP = {"type": "group", "userId": "u1", "groupId": "g1"}
NAMELESS = {"type": "group", "userId": "u1", "anonymousId": "a1"}


def company_and_person(message):
    """Return the bodies of the two requests."""
    company, person = transform(message, KEY)
    return company.body, person.body


def made_id(message):
    """Return the id that a message without one gives its company."""
    return company_and_person(message)[0]["company_id"]


@pytest.mark.parametrize(
    ("traits", "context", "name", "email"),
    [
        ({"traits": {"name": "In"}}, None, "In", None),
        ({"context": {"traits": {"email": "e"}}}, None, None, "e"),
        ({"traits": {"name": "In"}, "name": "Out"}, None, "Out", None),
        ({"context": {"traits": {"name": "P"}}}, {"traits": {"email": "out"}}, None, "out"),
        ({"traits": {"name": "In"}}, {"traits": {"email": "e"}}, "In", "e"),
        ({"context": {"traits": {"email": "in"}}}, {"traits": {"email": "out"}}, None, "in"),
        ({"traits": 5}, {"traits": {"email": "e"}}, None, "e"),
    ],
)
def test_traits_one_level_down_are_read_where_they_belong(traits, context, name, email):
    company, person = company_and_person({**GROUP, "traits": traits, "context": context})

    assert (company.get("name"), person.get("email")) == (name, email)


@pytest.mark.parametrize(
    "other",
    [{"userId": "u2"}, {"anonymousId": "a2"}, {"traits": {"a": 1}}, {"context": {"traits": {"a": 1}}}],
)
def test_another_sender_or_content_makes_another_company(other):
    assert made_id(NAMELESS) != made_id({**NAMELESS, **other})


@pytest.mark.parametrize("named", [{}, {"messageId": "m1"}])
@pytest.mark.parametrize(
    "changed", ["timestamp", "originalTimestamp", "sentAt", "receivedAt", "request_ip", "rudderId"]
)
def test_what_changes_on_the_way_makes_no_other_company(named, changed):
    message = {**NAMELESS, **named}

    assert made_id({**message, changed: "one"}) == made_id({**message, changed: "other"})


def test_the_order_of_traits_makes_no_other_company():
    one = made_id({**NAMELESS, "traits": {"a": 1, "b": 2}})
    other = made_id({**NAMELESS, "traits": {"b": 2, "a": 1}})

    assert one == other


def test_traits_nested_too_deeply_are_refused_in_these_words():
    nested = reduce(lambda inner, _: [inner], range(100_000), [])

    with pytest.raises(InstrumentationError, match=r"^The traits are nested too deeply$"):
        transform({**NAMELESS, "traits": {"any": nested}}, KEY)


def test_a_key_that_no_header_can_hold_is_refused_in_these_words():
    told = "apiKey must be printable ASCII: check the Custify API key in the destination settings"

    with pytest.raises(ConfigurationError, match=f"^{re.escape(told)}$"):
        transform(GROUP, Destination("ä"))


def test_an_event_without_any_id_goes_out_without_one():
    destination = Destination("key", enable_deduplication=True, deduplication_field="order")

    (request,) = transform(
        {"type": "track", "userId": "u1", "event": "e", "timestamp": "2026-01-31"}, destination
    )

    assert "deduplication_id" not in request.body
