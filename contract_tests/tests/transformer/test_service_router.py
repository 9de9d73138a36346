"""POST /routerTransform: complete results, and which jobs form a group. Also POST /batch."""

import pytest

from custify_transformer.javascript import encode
from custify_transformer.service import ServiceRequest, answer
from custify_transformer.service.router import group_jobs, transform_jobs
from support.service import (
    DESTINATION,
    GROUP,
    INSTRUMENTATION,
    PERSON,
    PROCESSOR,
    ROUTER,
    SERVER,
    CustifyStub,
    call,
    event,
    jobs,
)

COMPACT = {"x-content-format": "json+compactedv1"}
TAGS = {"errorCategory": "transformation", **SERVER, "feature": "router"}


def routed(body, headers=None):
    """Return status, headers and body of the answer to a call of the router."""
    found = call(ROUTER, body, headers=headers)
    return found.status, found.headers, found.body


@pytest.mark.parametrize("more", [{}, {"metadata": None}])
def test_a_job_without_metadata_is_answered_with_empty_metadata(more):
    found = jobs({"message": PERSON, "destination": DESTINATION, **more}, event(PERSON, metadata=1))

    assert [(entry["statusCode"], entry["metadata"]) for entry in found] == [(200, [{}]), (200, [1])]


@pytest.mark.parametrize("metadata", ["text", [], ["a"], 5, True])
def test_metadata_of_any_kind_is_answered_as_it_is(metadata):
    (entry,) = jobs(event(PERSON, metadata=metadata))

    assert (entry["statusCode"], entry["metadata"]) == (200, [metadata])


@pytest.mark.parametrize("message", [{}, [], "text", None])
def test_a_refused_job_is_answered_with_why_and_with_what_it_came_with(message):
    (entry,) = jobs(event(message))

    assert entry == {
        "metadata": [{"jobId": 1}],
        "batched": False,
        "statusCode": 400,
        "error": "Message Type is not present. Ignoring message.",
        "statTags": {**INSTRUMENTATION, "feature": "router"},
        "destination": DESTINATION,
    }


@pytest.mark.parametrize(("more", "value"), [({}, "undefined"), ({"destination": None}, "null")])
def test_a_job_without_destination_fails_all_jobs(more, value):
    custify = CustifyStub()

    found = jobs(event(PERSON), {"message": PERSON, "metadata": {"jobId": 2}, **more}, custify=custify)

    assert found == [
        {
            "metadata": [{"jobId": 1}, {"jobId": 2}],
            "batched": False,
            "statusCode": 500,
            "error": f"Cannot read properties of {value} (reading 'Config')",
            "statTags": TAGS,
            "destination": None,
        }
    ]
    assert custify.seen == []


def test_a_group_among_jobs_calls_for_its_company():
    custify = CustifyStub()

    jobs(event(GROUP), custify=custify)

    assert [request.endpoint for request in custify.seen] == ["https://api.custify.com/company"]


@pytest.mark.parametrize(
    ("one", "other", "groups"),
    [
        ({}, {"destination": {"ID": "d2", "Config": {"apiKey": "key"}}}, 2),
        ({}, {"destination": {"ID": "d1", "Config": {"apiKey": "other"}}}, 2),
        ({}, {"destination": {**DESTINATION, "hasDynamicConfig": False}}, 2),
        ({}, {"destination": {**DESTINATION, "hasDynamicConfig": True}}, 1),
        ({"context": {"sources": {"job_id": 1}}}, {}, 2),
        ({"context": {"sources": {"job_id": 1}}}, {"context": {"sources": {"job_id": "1"}}}, 1),
        ({"context": {"sources": {"job_id": None}}}, {}, 1),
        ({"destination": "text"}, {"destination": None}, 1),
    ],
)
def test_destination_source_job_and_settings_part_jobs_into_groups(one, other, groups):
    assert len(group_jobs([event(PERSON) | one, event(PERSON) | other])) == groups


def test_fixed_settings_do_not_part_jobs():
    fixed = {"ID": "d1", "hasDynamicConfig": False}
    one, other = ({**fixed, "Config": {"apiKey": key}} for key in ("a", "b"))

    found = group_jobs([event(PERSON, destination=one), event(PERSON, destination=other)])

    assert len(found) == 1


def test_an_unknown_destination_of_jobs_is_named():
    found = routed({"input": [event(PERSON)], "destType": "Other"})

    assert found == (404, {"apiVersion": "2"}, {"error": "Unknown destination: Other"})


@pytest.mark.parametrize("input_", [[], None, {}, "text"])
def test_a_call_without_jobs_is_answered_with_one_entry(input_):
    found = routed({"input": input_, "destType": "CUSTIFY"})

    entry = {
        "metadata": [{"destType": "CUSTIFY"}],
        "batched": False,
        "statusCode": 400,
        "error": "Invalid event array",
    }
    assert found == (200, {"apiVersion": "2"}, {"output": [entry]})


def test_a_job_that_is_no_object_fails_all():
    found = routed({"input": [event(PERSON), None], "destType": "custify"})

    message = "Cannot read properties of null (reading 'destination')"
    assert found == (500, {"apiVersion": "2"}, {"error": "Internal Server Error", "message": message})


def test_the_compact_form_of_jobs_names_its_destinations_once():
    body = {"input": [{"message": PERSON, "metadata": {"destinationId": "d1"}}], "destType": "custify"}

    _, _, found = routed(body | {"destinations": {"d1": DESTINATION}}, COMPACT)

    assert (found["output"][0]["statusCode"], found["output"][0]["destination"]) == (200, DESTINATION)


def test_jobs_are_in_no_compact_form_unless_it_is_said():
    found = transform_jobs({"input": [event(PERSON)], "destType": "custify"}, CustifyStub(), "production")

    assert found.body["output"][0]["statusCode"] == 200


@pytest.mark.parametrize(
    ("body", "metadata"),
    [
        ({"input": [event(PERSON), {}, 5]}, [{"jobId": 1}, None]),
        ({"input": {"a": 1}}, []),
        ({"input": 5}, []),
        ([1], []),
    ],
)
def test_a_batch_is_answered_with_the_metadata_of_its_jobs(body, metadata):
    found = call("/batch", body)

    entry = {"batched": False, "statusCode": 500, "error": "custify does not implement batch"}
    assert (found.status, found.headers) == (200, {"apiVersion": "2"})
    assert found.body == [{"metadata": metadata, **entry}]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"[NaN]", "NaN is not JSON"),
        (b"5", "invalid JSON, only supports object and array"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (
            encode([{"message": PERSON, "destination": {"Config": 1}}])[:-1],
            "a comma or the end of an array or object is missing",
        ),
    ],
)
def test_a_body_that_cannot_be_read_is_a_bad_request(body, message):
    found = call(PROCESSOR, body)

    assert (found.status, found.headers, found.body["error"]) == (400, {"apiVersion": "2"}, "Bad Request")
    assert found.body["message"].startswith(message)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/v0/destinations", "/v0/destinations"),
        ("/v0/destinations/", "/v0/destinations/"),
        ("/v0/destinations/Other", "Other"),
        ("/v0/sources/custify", "/v0/sources/custify"),
        ("/other", "/other"),
    ],
)
def test_a_path_that_nobody_answers_is_named(path, named):
    found = call(path, {})

    unknown = {"error": f"Unknown destination: {named}"}
    assert (found.status, found.headers, found.body) == (404, {"apiVersion": "2"}, unknown)


def test_jobs_are_transformed_in_the_profile_that_the_service_runs_in():
    body = encode({"input": [event([])], "destType": "custify"})

    found = answer(ServiceRequest("POST", ROUTER, {}, body), CustifyStub(), "documented")

    assert found.body["output"][0]["error"] == "Message Type is not present. Ignoring message."


def test_a_job_that_was_transformed_before_is_answered_as_it_came():
    message = {"statusCode": "200", "type": "track", "channel": "sources", "properties": {"timestamp": "p"}}

    (entry,) = jobs(event(message))

    assert entry["batchedRequest"] == message


def test_a_user_id_of_zero_stays_a_number():
    (entry,) = jobs(event({"type": "identify", "userId": 0, "traits": {"email": "e"}}))

    assert entry["batchedRequest"]["userId"] == 0


def test_a_refused_job_is_answered_with_the_settings_that_were_filled_in():
    destination = {"ID": "d1", "Config": {"apiKey": "{{ event.key || d }}"}}

    (entry,) = jobs(event({"key": "DYN"}, destination=destination))

    assert entry["destination"] == {"ID": "d1", "Config": {"apiKey": "DYN"}}


def test_the_source_job_of_a_message_parts_no_groups():
    message = {**PERSON, "context": {"sources": {"job_id": 1}}}

    assert len(group_jobs([event(message), event(PERSON)])) == 1


def test_each_group_is_tagged_by_its_own_first_job():
    metadata = [{"destinationId": "d1"}, {"destinationId": "d2"}, {"destinationId": "d3"}]
    destinations = [DESTINATION, {**DESTINATION, "ID": "d2"}, {**DESTINATION, "ID": "d2"}]

    found = jobs(
        *(event({}, metadata=one, destination=to) for one, to in zip(metadata, destinations, strict=True))
    )

    assert [entry["statTags"]["destinationId"] for entry in found] == ["d1", "d2", "d2"]
