"""The profile `production` compared with its simple implementation, and what holds in both profiles."""

import copy
from functools import cache, reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custify_transformer import PROFILES, Destination, TransformError, transform
from support.hostile import EMPTY_OR_ODD, configs, messages
from support.json_difference import assert_same_json
from support.plain_production import RefusedMessageError, plain


def compiled_outcome(message, config):
    """Return what `transform` makes of a message, in the shape of `plain_outcome`."""
    try:
        requests = transform(message, Destination.from_config(config), "production")
    except TransformError as refusal:
        return [refusal.text, refusal.status, sent(refusal.requests)]
    return sent(requests)


def sent(requests):
    """Return the requests as endpoint and body."""
    return [[request.endpoint.rpartition("/")[2], request.body] for request in requests]


def plain_outcome(message, config):
    """Return what the plain reading makes of a message."""
    try:
        return plain(message, config)
    except RefusedMessageError as refusal:
        return refusal.args


@settings(max_examples=800)
@given(message=st.one_of(messages(), messages(), messages(), EMPTY_OR_ODD), config=configs())
def test_the_compiled_production_profile_says_what_the_plain_one_says(message, config):
    compiled, read_plainly = compiled_outcome(message, config), plain_outcome(message, config)

    assert_same_json(compiled, read_plainly)


@settings(max_examples=300)
@given(message=messages(), config=configs(), profile=st.sampled_from(sorted(PROFILES)))
def test_a_message_is_never_changed(message, config, profile):
    before = copy.deepcopy(message)

    outcome_of(message, config, profile)

    assert_same_json(message, before)


def outcome_of(message, config, profile):
    """Return the requests, or the refusal: any other exception fails the test."""
    try:
        return transform(message, Destination.from_config(config), profile)
    except TransformError as refusal:
        return refusal


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("kind", ["identify", "track", "group"])
@pytest.mark.parametrize("place", ["traits", "context", "properties", "userId", "event"])
def test_hostile_nesting_raises_nothing_but_a_refusal(profile, kind, place):
    nested = deeply_nested()

    outcome = outcome_of({"type": kind, "userId": "u", place: nested}, {"apiKey": "k"}, profile)

    assert isinstance(outcome, (tuple, TransformError))


@cache
def deeply_nested():
    """Return a list in a list in a list, deeper than Python likes to follow."""
    nested = reduce(lambda inner, _: [inner], range(100_000), [])
    return {"a": nested, "firstName": nested, "company": {"id": nested}}
