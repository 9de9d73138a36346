"""RudderStack's transformer service: envelopes, order of results, requests it sends itself, refusals."""

from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custify_transformer import PROFILES
from custify_transformer.javascript import encode
from custify_transformer.service import ServiceRequest, UpstreamResponse, answer
from support.hostile import SCALARS, configs, messages
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
    deletion,
    entries,
    event,
    jobs,
)


def test_an_event_is_answered_with_its_built_request():
    found = call(PROCESSOR, [event(PERSON)])

    output = {
        "version": "1",
        "type": "REST",
        "method": "POST",
        "endpoint": "https://api.custify.com/people",
        "headers": {
            "Content-Type": "application/json",
            "Authorization": "Bearer key",
            "Accept": "application/json",
        },
        "params": {},
        "body": {"JSON": {"user_id": 7}, "JSON_ARRAY": {}, "XML": {}, "FORM": {}},
        "files": {},
        "userId": "7",
    }
    assert (found.status, found.headers) == (200, {"apiVersion": "2"})
    assert found.body == [{"output": output, "metadata": {"jobId": 1}, "statusCode": 200}]


@pytest.mark.parametrize(
    ("user_id", "printed"),
    [
        (7, "7"),
        (7.0, "7"),
        (True, "true"),
        ("", ""),
        ([], ""),
        ([1, 2], "1,2"),
        ({}, "[object Object]"),
        ({"a": 1}, "[object Object]"),
    ],
)
def test_the_processor_prints_the_user_id(user_id, printed):
    message = {"type": "identify", "userId": user_id, "traits": {"email": "e"}}

    assert entries(event(message))[0]["output"]["userId"] == printed


def test_a_refused_event_tells_why_and_leaves_the_others():
    first, second = entries(event({}), event(PERSON))

    error = "Message Type is not present. Ignoring message."
    tags = {**INSTRUMENTATION, "feature": "processor"}
    assert first == {"metadata": {"jobId": 1}, "statusCode": 400, "error": error, "statTags": tags}
    assert second["statusCode"] == 200


def test_tags_name_destination_and_workspace_when_the_metadata_does():
    (entry,) = entries(event({}, metadata={"destinationId": "d1", "workspaceId": "w1"}))

    assert entry["statTags"] == {
        **INSTRUMENTATION, "feature": "processor", "destinationId": "d1", "workspaceId": "w1",
    }  # fmt: skip


@pytest.mark.parametrize("message", [None, "text", [], 5])
def test_what_is_no_message_has_no_type(message):
    assert entries(event(message))[0]["error"] == "Message Type is not present. Ignoring message."


def test_an_entry_without_metadata_has_none():
    (entry,) = entries({"message": PERSON, "destination": DESTINATION})

    assert sorted(entry) == ["output", "statusCode"]


def test_a_type_error_is_tagged_with_its_category_alone():
    (entry,) = entries(event({"type": 5}))

    assert (entry["statusCode"], entry["statTags"]) == (500, {"errorCategory": "transformation"})


def test_one_event_without_destination_fails_all():
    found = entries(event(PERSON), {"message": PERSON})

    error = "Cannot read properties of undefined (reading 'Config')"
    assert [entry["error"] for entry in found] == [error, error]


def test_missing_settings_fail_their_own_event():
    found = entries(event(PERSON), event(PERSON, destination={"ID": "d1"}))

    assert [entry["statusCode"] for entry in found] == [200, 500]


@pytest.mark.parametrize(
    ("path", "body", "status", "message"),
    [
        (PROCESSOR, [], 500, "Cannot read properties of undefined (reading 'metadata')"),
        (PROCESSOR, {}, 500, "Cannot read properties of undefined (reading 'metadata')"),
        (PROCESSOR, b"", 500, "Cannot read properties of undefined (reading 'metadata')"),
        (PROCESSOR, [None], 500, "Cannot read properties of null (reading 'metadata')"),
        (PROCESSOR, 5, 400, "invalid JSON, only supports object and array"),
        (ROUTER, {"input": []}, 500, "Cannot read properties of undefined (reading 'toLowerCase')"),
        ("/deleteUsers", [], 500, "Cannot read properties of undefined (reading 'statusCode')"),
    ],
)
def test_a_call_that_makes_no_sense_fails_as_a_whole(path, body, status, message):
    found = call(path, body)

    assert (found.status, found.body["message"]) == (status, message)


def test_a_body_that_is_not_json_is_refused():
    assert call(PROCESSOR, b"{").status == 400


@pytest.mark.parametrize("path", ["/v0/destinations/nope", "/v0/destinations/nope/proxy"])
def test_another_destination_is_unknown(path):
    found = call(path, [])

    assert (found.status, found.body) == (404, {"error": "Unknown destination: nope"})


def test_the_name_of_the_destination_is_read_in_any_case():
    assert call("/v0/destinations/CUSTIFY", [event(PERSON)]).status == 200


def test_only_a_post_is_answered():
    assert call(PROCESSOR, [], method="GET").status == 404


def test_the_company_of_a_group_is_created_while_it_is_transformed():
    custify = CustifyStub()

    (entry,) = entries(event(GROUP), custify=custify)

    assert [request.endpoint for request in custify.seen] == ["https://api.custify.com/company"]
    assert entry["output"]["endpoint"] == "https://api.custify.com/people"


def test_a_refused_group_has_created_its_company():
    custify = CustifyStub()

    (entry,) = entries(event({"type": "group", "groupId": "g1"}), custify=custify)

    assert (entry["error"], len(custify.seen)) == ("Email or userId is mandatory", 1)


COMPANY = "[Group]: failed create/update company details"


@pytest.mark.parametrize(
    ("reply", "status", "error", "kind"),
    [
        (UpstreamResponse(429, {"m": "slow"}), 429, f'{COMPANY} {{"m":"slow"}}', "throttled"),
        (UpstreamResponse(404, "gone"), 404, f'{COMPANY} "gone"', "aborted"),
        (UpstreamResponse(302, None), 302, f'{COMPANY} ""', "aborted"),
        (UpstreamResponse(503, ""), 503, f'{COMPANY} ""', "retryable"),
        (
            UpstreamResponse(0, code="ECONNREFUSED"),
            500,
            f'{COMPANY} "[ECONNREFUSED] :: Connection refused"',
            "retryable",
        ),
        (
            UpstreamResponse(0, code="ENOTFOUND"),
            400,
            f'{COMPANY} "[ENOTFOUND] :: DNS lookup failed"',
            "aborted",
        ),
        (UpstreamResponse(0, code="EPROTO"), 400, f'{COMPANY} "[EPROTO]"', "aborted"),
    ],
)
def test_a_failed_company_call_fails_the_event_and_leaks_nothing(reply, status, error, kind):
    (entry,) = entries(event(GROUP), custify=CustifyStub(reply))

    tags = {"errorCategory": "network", "errorType": kind, **SERVER, "feature": "processor"}
    assert (entry["statusCode"], entry["error"], entry["statTags"]) == (status, error, tags)
    assert b"Bearer" not in encode(entry)


@pytest.mark.parametrize(
    ("template", "traits", "key", "left"),
    [
        ('{{ event.traits.key || "def" }}', {"key": "DYN", "a": 1}, "DYN", {"a": 1}),
        ('{{ message.traits.key || "def" }}', {"key": 0}, "0", {}),
        ('{{ event.traits.key || "def" }}', {"key": None, "a": 1}, "def", {"a": 1}),
        ("{{ event.traits.key }}", {"key": "DYN"}, "{{ event.traits.key }}", {"key": "DYN"}),
        ("{{ event.traits[0] || x }}", {"a": 1}, "{{ event.traits[0] || x }}", {"a": 1}),
    ],
)
def test_a_setting_may_come_from_the_event(template, traits, key, left):
    destination = {"Config": {"apiKey": template}}

    (entry,) = entries(event({**PERSON, "traits": traits}, destination=destination))

    assert entry["output"]["headers"]["Authorization"] == f"Bearer {key}"
    assert entry["output"]["body"]["JSON"]["custom_attributes"] == left


def test_a_destination_without_dynamic_settings_takes_them_literally():
    destination = {"hasDynamicConfig": False, "Config": {"apiKey": "{{ event.userId || x }}"}}

    (entry,) = entries(event(PERSON, destination=destination))

    assert entry["output"]["headers"]["Authorization"] == "Bearer {{ event.userId || x }}"


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({**PERSON, "context": {"timestamp": "c"}, "timestamp": "t"}, "signed_up_at"),
        ({**PERSON, "context": {"traits": {"timestamp": "c"}}}, "signed_up_at"),
        ({"type": "track", "userId": "u", "event": "e", "properties": {"timestamp": "c"}}, "created_at"),
    ],
)
def test_a_message_from_a_source_keeps_the_time_of_the_source(message, field):
    (entry,) = entries(event({**message, "channel": "sources"}))

    assert entry["output"]["body"]["JSON"][field] == "c"


def test_a_compact_body_names_its_destinations_once():
    body = {
        "input": [{"message": PERSON, "metadata": {"destinationId": "d1"}}],
        "destinations": {"d1": DESTINATION},
    }

    found = call(PROCESSOR, body, headers={"x-content-format": "json+compactedv1"})

    assert found.body[0]["statusCode"] == 200


def test_a_compact_body_with_an_unknown_destination_fails():
    body = {"input": [{"message": PERSON, "metadata": {"destinationId": "zz"}}], "destinations": {}}

    found = call(PROCESSOR, body, headers={"x-content-format": "json+compactedv1"})

    assert (found.status, found.body["message"]) == (500, "no destination found for id zz")


def test_a_job_is_answered_with_its_request_metadata_and_destination():
    (entry,) = jobs(event(PERSON))

    assert entry["batchedRequest"]["userId"] == "7"
    assert {name: value for name, value in entry.items() if name != "batchedRequest"} == {
        "metadata": [{"jobId": 1}],
        "batched": False,
        "statusCode": 200,
        "destination": DESTINATION,
    }


def test_a_job_of_nobody_by_id_has_no_user_id():
    (entry,) = jobs(event({"type": "identify", "traits": {"email": "e"}}))

    assert "userId" not in entry["batchedRequest"]


def test_a_refused_job_is_tagged_by_the_first_of_its_group():
    first = event(PERSON, metadata={"destinationId": "d1", "workspaceId": "w1"})

    _, entry = jobs(first, event({"type": 5}))

    tags = {
        "errorCategory": "transformation",
        **SERVER,
        "feature": "router",
        "destinationId": "d1",
        "workspaceId": "w1",
    }
    assert (entry["statusCode"], entry["statTags"], entry["destination"]) == (500, tags, DESTINATION)


def test_jobs_come_out_group_by_group():
    other = {**DESTINATION, "ID": "d2"}

    found = jobs(
        event(PERSON, metadata={"jobId": "a"}),
        event(PERSON, metadata={"jobId": "b"}, destination=other),
        event(PERSON, metadata={"jobId": "c"}),
    )

    assert [entry["metadata"][0]["jobId"] for entry in found] == ["a", "c", "b"]


def test_a_job_that_was_transformed_before_passes():
    (entry,) = jobs(event({"statusCode": 201, "body": 1}))

    assert (entry["batchedRequest"], entry["statusCode"]) == ({"statusCode": 201, "body": 1}, 200)


def test_the_answered_destination_holds_the_resolved_settings():
    destination = {"ID": "d1", "Config": {"apiKey": "{{ event.traits.key || x }}"}}

    (entry,) = jobs(event({**PERSON, "traits": {"key": "DYN"}}, destination=destination))

    assert entry["destination"]["Config"] == {"apiKey": "DYN"}


@pytest.mark.parametrize("body", [{"destType": "custify"}, {"destType": "custify", "input": []}])
def test_a_router_call_without_jobs_is_an_invalid_array(body):
    entry = {
        "metadata": [{"destType": "custify"}],
        "batched": False,
        "statusCode": 400,
        "error": "Invalid event array",
    }

    assert call(ROUTER, body).body == {"output": [entry]}


def test_jobs_without_metadata_are_transformed():
    found = jobs({"message": PERSON, "destination": DESTINATION}, event(PERSON))

    assert [entry["statusCode"] for entry in found] == [200, 200]


def test_a_batch_is_not_implemented():
    found = call("/batch", {"input": [event(PERSON)], "destType": "custify"})

    assert (found.body[0]["statusCode"], found.body[0]["error"]) == (500, "custify does not implement batch")


def test_people_are_deleted_by_their_user_id():
    custify = CustifyStub()

    found = call("/deleteUsers", [deletion({"userId": "a b&c=d/é"}, {"userId": "u2"})], custify)

    assert (found.status, found.body) == (200, [{"statusCode": 200, "status": "successful"}])
    assert [request.endpoint.partition("?")[2] for request in custify.seen] == [
        "user_id=a%20b&c=d/%C3%A9",
        "user_id=u2",
    ]


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"destType": "custify"}, "userAttributes is not an array"),
        ({"destType": "custify", "userAttributes": []}, "Config for deletion not present"),
        (deletion(config={"a": 1}), "api key for deletion not present"),
        (deletion({"userId": 0}), "User id for deletion not present"),
    ],
)
def test_an_incomplete_deletion_is_refused(request_, error):
    found = call("/deleteUsers", [request_])

    assert (found.status, found.body) == (400, [{"statusCode": 400, "error": error}])


def test_a_missing_user_id_does_not_stop_the_others():
    custify = CustifyStub()

    found = call("/deleteUsers", [deletion({"userId": "a"}, {}, {"userId": "c"})], custify)

    assert (found.status, len(custify.seen)) == (400, 2)


@pytest.mark.parametrize(
    ("reply", "status", "result"),
    [
        (UpstreamResponse(404, {}), 200, {"statusCode": 200, "status": "successful"}),
        (UpstreamResponse(204, ""), 204, {"statusCode": 204, "error": '""'}),
        (UpstreamResponse(500, {"e": 1}), 500, {"statusCode": 500, "error": '{"e":1}'}),
        (
            UpstreamResponse(0, code="ECONNRESET"),
            500,
            {"statusCode": 500, "error": '"[ECONNRESET] :: Connection reset by peer"'},
        ),
    ],
)
def test_custifys_answer_decides_a_deletion(reply, status, result):
    found = call("/deleteUsers", [deletion({"userId": "a"})], CustifyStub(reply))

    assert (found.status, found.body) == (status, [result])


def test_users_of_another_destination_are_unknown():
    assert call("/deleteUsers", [deletion(kind="other")]).status == 404


def test_a_deletion_in_the_documented_profile_names_the_id_as_a_parameter():
    custify = CustifyStub()

    answer(
        ServiceRequest("POST", "/deleteUsers", {}, encode([deletion({"userId": "a&b"})])),
        custify,
        "documented",
    )

    assert custify.seen[0].params == {"user_id": "a&b"}


BUILT = {"method": "POST", "endpoint": "https://api.custify.com/people", "body": {"JSON": {"user_id": "u1"}}}


def test_the_proxy_delivers_a_built_request():
    custify = CustifyStub(UpstreamResponse(200, {"id": "p1"}))

    found = call(f"{PROCESSOR}/proxy", BUILT, custify)

    told = "[Generic Response Handler] Request for destination: custify Processed Successfully"
    assert (found.status, found.body["output"]["message"]) == (200, told)
    assert (custify.seen[0].body, custify.seen[0].headers["User-Agent"]) == ({"user_id": "u1"}, "RudderLabs")


@pytest.mark.parametrize(
    ("status", "answered", "kind"), [(404, 400, "aborted"), (429, 429, "throttled"), (503, 503, "retryable")]
)
def test_the_proxy_passes_a_refusal_on(status, answered, kind):
    found = call(f"{PROCESSOR}/proxy", BUILT, CustifyStub(UpstreamResponse(status, "no")))

    told = f"[Generic Response Handler] Request failed for destination custify with status: {status}"
    output = found.body["output"]
    assert (found.status, output["status"], output["message"]) == (answered, status, told)
    assert output["statTags"]["errorType"] == kind


def test_the_proxy_sends_no_empty_body():
    custify = CustifyStub()

    call(f"{PROCESSOR}/proxy", {**BUILT, "body": {"JSON": {}}}, custify)

    assert custify.seen[0].body is None


@pytest.mark.parametrize("depth", [200, 400, 900, 100_000])
@pytest.mark.parametrize("path", [PROCESSOR, ROUTER, "/deleteUsers"])
def test_deep_settings_are_answered(path, depth):
    nested = reduce(lambda inner, _: b"[" + inner + b"]", range(depth), b"{}")
    event_ = b'{"message": {}, "metadata": {}, "destination": {"Config": {"apiKey": %b}}}' % nested
    body = b'{"destType": "custify", "input": [%b]}' % event_ if path == ROUTER else b"[%b]" % event_

    assert call(path, body).status in (200, 400, 404)


EVENTS = st.fixed_dictionaries(
    {},
    optional={"message": messages(), "metadata": SCALARS, "destination": st.builds(dict, Config=configs())},
)
BODIES = st.one_of(
    SCALARS,
    st.lists(st.one_of(EVENTS, SCALARS), max_size=3),
    st.fixed_dictionaries(
        {"destType": st.sampled_from(["custify", "x", 5])},
        optional={"input": st.one_of(SCALARS, st.lists(st.one_of(EVENTS, SCALARS), max_size=3))},
    ),
)


@settings(max_examples=150)
@given(
    body=BODIES,
    path=st.sampled_from([PROCESSOR, ROUTER, "/deleteUsers", "/batch", f"{PROCESSOR}/proxy"]),
    headers=st.sampled_from([{}, {"x-content-format": "json+compactedv1"}]),
    profile=st.sampled_from(sorted(PROFILES)),
)
def test_every_call_is_answered(body, path, headers, profile):
    found = answer(ServiceRequest("POST", path, headers, encode(body)), CustifyStub(), profile)

    assert encode(found.body)
    assert found.status in (200, 400, 404, 500)
