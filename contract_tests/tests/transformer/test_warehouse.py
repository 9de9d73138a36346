"""Warehouse records in the profile `production`, through `transform` and through the service."""

import pytest

from custify_transformer import Destination, transform
from support.service import entries, event, jobs

MAPPED = {"mappedToDestination": True, "externalId": [{"identifierType": "user_id", "id": "X1"}]}
TRACK = {"type": "track", "userId": "u", "event": "e", "timestamp": "t"}
GROUP = {"type": "group", "userId": "u", "groupId": "g"}


def record(message, kind="user_id"):
    """Return the body of the last request, the record identified at the path `kind`."""
    context = {"mappedToDestination": True, "externalId": [{"identifierType": kind, "id": "X1"}]}
    requests = transform(
        message | {"context": context | message.get("context", {})}, Destination("k"), "production"
    )
    return requests[-1].body


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        ({"traits": {"a": 1}, "context": {"traits": {"b": 2}}}, {"a": 1, "user_id": "X1"}),
        ({"traits": "", "context": {"traits": {"b": 2, "email": "e"}}}, {"b": 2, "user_id": "X1"}),
    ],
)
def test_a_group_sends_the_traits_of_the_company_else_those_of_the_person(message, sent):
    assert record(GROUP | message) == sent


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        ({"traits": {"a": 1}, "context": {"traits": {"b": 2}}}, {"a": 1, "user_id": "X1"}),
        ({"context": {"traits": {"b": 2}}}, {"b": 2, "user_id": "X1"}),
    ],
)
def test_a_track_sends_its_traits_else_those_of_the_context(message, sent):
    assert record(TRACK | message) == sent


@pytest.mark.parametrize("mapped", [True, "false", 1, {}, []])
def test_a_message_is_a_record_when_javascript_takes_the_sign_for_true(mapped):
    message = {**TRACK, "traits": {"a": 1}, "context": {"mappedToDestination": mapped}}

    (request,) = transform(message, Destination("k"), "production")

    assert request.body == {"a": 1}


@pytest.mark.parametrize("mapped", [False, 0, "", None])
def test_a_message_is_no_record_when_the_sign_is_not_true(mapped):
    message = {**TRACK, "traits": {"a": 1}, "context": {"mappedToDestination": mapped}}

    (request,) = transform(message, Destination("k"), "production")

    assert request.body["name"] == "e"


@pytest.mark.parametrize(("traits", "sent"), [({}, {"user_id": "X1"}), (False, False), (0, 0), ("x", "x")])
def test_traits_that_hold_nothing_hide_those_of_the_context(traits, sent):
    assert record(TRACK | {"traits": traits, "context": {"traits": {"b": 2}}}) == sent


def test_an_id_of_null_is_written_as_null():
    external = [{"identifierType": "user_id", "id": None}]
    context = {"mappedToDestination": True, "externalId": external}

    (request,) = transform({**TRACK, "traits": {"a": 1}, "context": context}, Destination("k"), "production")

    assert request.body == {"a": 1, "user_id": None}


def test_only_the_first_external_id_counts():
    external = [{"identifierType": "b", "id": 1}, {"identifierType": "user_id", "id": 2}]
    context = {"mappedToDestination": True, "externalId": external}

    (request,) = transform({**TRACK, "traits": {"a": 1}, "context": context}, Destination("k"), "production")

    assert request.body == {"a": 1, "b": 1}


@pytest.mark.parametrize("path", ["user_id", "deep.c", "list.1", "list.0.d"])
def test_the_traits_of_a_record_stay_as_they_were(path):
    traits = {"a": 1, "deep": {"b": 2}, "list": [{"c": 3}]}

    record(TRACK | {"traits": traits}, path)

    assert traits == {"a": 1, "deep": {"b": 2}, "list": [{"c": 3}]}


@pytest.mark.parametrize(("kind", "answered"), [("user_id", "X1"), ("email", ""), ("USER_ID", "")])
def test_a_record_that_is_a_list_is_answered_with_the_external_id(kind, answered):
    context = {"mappedToDestination": True, "externalId": [{"identifierType": kind, "id": "X1"}]}

    message = {**TRACK, "traits": [1], "context": context}

    (entry,), (job,) = entries(event(message)), jobs(event(message))

    assert (entry["output"]["userId"], entry["output"]["body"]["JSON"]) == (answered, [1])
    assert job["batchedRequest"].get("userId", "") == answered


@pytest.mark.parametrize("traits", ["text", 5, True])
def test_a_record_that_is_no_object_names_nobody(traits):
    message = {**TRACK, "traits": traits, "context": MAPPED}

    (entry,), (job,) = entries(event(message)), jobs(event(message))

    assert (entry["output"]["userId"], entry["output"]["body"]["JSON"]) == ("", traits)
    assert "userId" not in job["batchedRequest"]


def test_a_record_without_a_user_id_is_not_answered_with_the_one_of_its_message():
    context = {"mappedToDestination": True, "externalId": [{"identifierType": "email", "id": "X1"}]}
    message = {**TRACK, "traits": {"a": 1}, "context": context}

    (entry,), (job,) = entries(event(message)), jobs(event(message))

    assert entry["output"]["userId"] == ""
    assert "userId" not in job["batchedRequest"]


@pytest.mark.parametrize("kind", [None, 5, "", []])
def test_a_record_without_a_path_for_its_id_goes_out_as_it_is(kind):
    assert record(TRACK | {"traits": {"a": 1}}, kind) == {"a": 1}


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("b.c", {"b": {"c": "X1"}}),
        ("b\\.c", {"b.c": "X1"}),
        (" ", {" ": "X1"}),
        ("b\n.c", {"b\n": {"c": "X1"}}),
        ("b\\\nc", {"b\nc": "X1"}),
        ("constructor.c", {"constructor.c": "X1"}),
        ("b.__proto__", {"b.__proto__": "X1"}),
    ],
)
def test_the_id_of_a_record_is_written_at_its_path(path, sent):
    assert record(TRACK | {"traits": {"a": 1}}, path) == {"a": 1, **sent}


@pytest.mark.parametrize("primitive", [5, 0, "text", "", True, False, None])
def test_what_holds_nothing_on_the_way_of_an_id_gives_way(primitive):
    assert record(TRACK | {"traits": {"b": primitive}}, "b.c") == {"b": {"c": "X1"}}


def test_a_record_keeps_its_time_although_its_channel_is_sources():
    message = {**TRACK, "channel": "sources", "properties": {"timestamp": "p"}, "context": MAPPED}

    (entry,) = entries(event({**message, "traits": {"a": 1}}))

    assert entry["output"]["body"]["JSON"] == {"a": 1, "user_id": "X1"}
