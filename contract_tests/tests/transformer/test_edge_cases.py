"""Edge cases: paths, warehouse records, templates, deep nesting, statTags."""

import pytest

from custify_transformer import Destination, InstrumentationError, transform
from custify_transformer.javascript import UNDEFINED, get
from custify_transformer.service import ServiceRequest, answer
from custify_transformer.service.envelope import build_stat_tags
from custify_transformer.service.upstream import quote_data
from support.service import (
    DESTINATION,
    INSTRUMENTATION,
    PERSON,
    PROCESSOR,
    ROUTER,
    CustifyStub,
    call,
    event,
)

COMPACT = {"x-content-format": "json+compactedv1"}
TRACK = {"type": "track", "userId": "u", "event": "e", "timestamp": "t"}
BAD = "Bad Request"


def identified(traits, path, **external):
    """Return a warehouse record with the id written at `path`."""
    context = {"mappedToDestination": True, "externalId": [{"identifierType": path, **external}]}
    (request,) = transform({**TRACK, "traits": traits, "context": context}, Destination("k"), "production")
    return request.body


@pytest.mark.parametrize(
    ("traits", "path", "sent"),
    [
        ({"a": {"x": 1}}, "a.c", {"a": {"x": 1, "c": "X1"}}),
        ({"a": {"x": {"y": 1}}}, "a.x.z", {"a": {"x": {"y": 1, "z": "X1"}}}),
        ({"a": [1, 2]}, "a.0", {"a": ["X1", 2]}),
        ({"a": {"x": 1}}, "a.0", {"a": ["X1"]}),
        ([{"x": 1}], "0.c", [{"x": 1, "c": "X1"}]),
        ([{"x": 1}], "1.c", [{"x": 1}, {"c": "X1"}]),
        ([{"x": 1}], "x.c", [{"x": 1}]),
        ([1], "2", [1, None, "X1"]),
        ({"a": 1}, "b/c.d", {"a": 1, "b/c.d": "X1"}),
        ({"a": 1}, "5e-1", {"a": 1, "5e-1": "X1"}),
        ({"a": 1}, "1\\.50", {"a": 1, "1.50": "X1"}),
        ({"a": 1}, "b\\\nc", {"a": 1, "b\nc": "X1"}),
        ({"a": 1}, "b\n.c\\.d\n", {"a": 1, "b\n": {"c.d\n": "X1"}}),
    ],
)
def test_the_id_of_a_record_is_written_into_what_stands_at_its_path(traits, path, sent):
    assert identified(traits, path, id="X1") == sent


@pytest.mark.parametrize(("traits", "sent"), [([1, 2], [None, 2]), ({"0": 1, "b": 2}, {"b": 2})])
def test_a_record_without_an_id_loses_what_stands_at_its_path(traits, sent):
    assert identified(traits, "0") == sent


@pytest.mark.parametrize(("at", "length"), [(10_001, 10_002), (10_002, 1)])
def test_a_list_is_stretched_by_ten_thousand_places_and_no_more(at, length):
    assert len(identified([1], str(at), id="X1")) == length


@pytest.mark.parametrize(
    ("value", "path"), [({"a": 1}, "a\\"), ({"a.": 1}, "a\\"), ([1], "1"), ({"a": [1]}, "a.1"), ([], "0")]
)
def test_a_path_past_the_end_leads_nowhere(value, path):
    assert get({"top": value}, f"top.{path}") is UNDEFINED


@pytest.mark.parametrize(
    ("template", "key"),
    [
        ("{{ metadata.k || d }}", "m"),
        ("{{ event.traits.k || d }}", "t"),
        ("{{ message.traits.k || d }}", "t"),
        ("{{ traits.k || d }}", "d"),
    ],
)
def test_a_template_names_a_part_of_the_job_and_event_means_its_message(template, key):
    message = {**PERSON, "traits": {"k": "t"}}
    destination = {"ID": "d1", "Config": {"apiKey": template}}

    (entry,) = call(PROCESSOR, [event(message, destination=destination, metadata={"k": "m"})]).body

    assert entry["output"]["headers"]["Authorization"] == f"Bearer {key}"


@pytest.mark.parametrize("path", [PROCESSOR, ROUTER])
@pytest.mark.parametrize("jobs", [[5], ["text"], [{"metadata": 5}], [{"metadata": {}}], [None]])
def test_a_compact_job_that_names_no_destination_fails_in_words(path, jobs):
    body = {"input": jobs, "destinations": {}, "destType": "custify"}

    found = call(path, body, headers=COMPACT)

    assert (found.status, found.body["message"]) == (500, "no destination found for id undefined")


@pytest.mark.parametrize(
    ("kind", "status"), [({}, 500), ([], 500), (5, 500), (None, 400), ("group", 200)], ids=str
)
def test_a_message_of_a_source_with_a_type_that_has_no_times_is_judged_as_any_other(kind, status):
    message = {"channel": "sources", "type": kind, "userId": "u", "groupId": "g", "timestamp": "t"}

    (entry,) = call(PROCESSOR, [event(message)]).body

    assert (entry["statusCode"], entry["metadata"]) == (status, {"jobId": 1})


@pytest.mark.parametrize("odd", [5, "text", [], True])
def test_an_event_that_is_no_object_has_no_destination(odd):
    found = call(PROCESSOR, [odd, event(PERSON)])

    assert found.status == 200
    assert [entry["error"] for entry in found.body] == [
        "Cannot read properties of undefined (reading 'Config')",
        "Cannot read properties of undefined (reading 'Config')",
    ]


@pytest.mark.parametrize("path", [PROCESSOR, f"{PROCESSOR}/", "/V0/Destinations/CUSTIFY/"])
def test_a_slash_at_the_end_and_the_case_of_a_path_do_not_matter(path):
    assert call(path, [event(PERSON)]).body[0]["statusCode"] == 200


@pytest.mark.parametrize(
    ("path", "named"), [("/v0/destinations/X", "X"), ("/v0/destinations/", ""), ("/batchX", "/batchX")]
)
def test_an_unknown_destination_is_named_as_it_was_written(path, named):
    found = call(path, [])

    assert (found.status, found.body) == (404, {"error": f"Unknown destination: {named or path}"})


def test_settings_nested_too_deeply_for_the_steps_are_refused():
    nested = "[" * 600 + "]" * 600
    body = f'[{{"message": {{}}, "destination": {{"Config": {{"a": {nested}}}}}}}]'

    found = answer(ServiceRequest("POST", PROCESSOR, {}, body.encode()), CustifyStub())

    assert (found.status, [entry["statusCode"] for entry in found.body]) == (200, [400])
    assert found.body[0]["error"] == "nested too deeply"


@pytest.mark.parametrize("metadata", [None, [], "destinationId", 5, {}])
def test_a_refusal_without_metadata_carries_no_ids(metadata):
    tags = build_stat_tags(InstrumentationError("x"), "processor", metadata)

    assert tags == {**INSTRUMENTATION, "feature": "processor"}


@pytest.mark.parametrize(
    ("remove", "parts"),
    [
        (True, True),
        ("true", True),
        (False, False),
        ("false", False),
        (1, False),
        ("yes", False),
        (None, False),
    ],
)
@pytest.mark.parametrize("place", ["traits", "context.traits"])
def test_only_a_remove_that_is_true_parts_a_person_from_the_company(place, remove, parts):
    traits = {"company": {"id": "c1", "remove": remove}}
    where = {"traits": {"traits": traits}, "context.traits": {"context": {"traits": traits}}}

    (request,) = transform({"type": "identify", "userId": "u", **where[place]}, Destination("k"))

    assert request.body["companies"] == [{"company_id": "c1", "remove": parts}]


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ({"key": "m", "properties": {"key": "p"}, "messageId": "i"}, "m"),
        ({"properties": {"key": "p"}, "messageId": "i"}, "p"),
        ({"key": {}, "properties": {"key": ""}, "messageId": "i"}, "i"),
        ({"properties": {"key": 7}}, "7"),
        ({"key": 0, "properties": {"key": "p"}, "messageId": "i"}, "0"),
        ({"properties": {}, "messageId": 0}, "0"),
        ({"properties": {}}, None),
    ],
)
def test_the_deduplication_id_is_looked_for_in_the_message_its_properties_and_its_id(places, found):
    destination = Destination("k", enable_deduplication="true", deduplication_field="key")

    (request,) = transform({**TRACK, **places}, destination)

    assert request.body.get("deduplication_id") == found


@pytest.mark.parametrize(("body", "quoted"), [(None, '""'), ("", '""'), ({}, "{}"), (0, "0"), ("a", '"a"')])
def test_what_custify_said_is_quoted_as_json(body, quoted):
    assert quote_data(body) == quoted


def test_a_job_for_another_destination_in_one_body_goes_to_its_own():
    other = {"ID": "d2", "Config": {"apiKey": "other"}}
    body = {"input": [event(PERSON), event(PERSON, destination=other)], "destType": "custify"}

    entries = call(ROUTER, body).body["output"]

    keys = [entry["batchedRequest"]["headers"]["Authorization"] for entry in entries]
    assert keys == [f"Bearer {DESTINATION['Config']['apiKey']}", "Bearer other"]
