"""RudderStack's transformer service over HTTP. The requests it sends itself go to the fake."""

import gzip

import msgspec
import pytest

from support.dataplane import KEY, Source

CONFIG = {"apiKey": KEY}
IDENTIFY = {"type": "identify", "userId": "u1", "traits": {"email": "a@example.com"}}
GROUP = {"type": "group", "userId": "u1", "groupId": "g1", "traits": {"name": "Acme"}}


def event(message, number=1):
    return {
        "message": message,
        "metadata": {"jobId": number, "destinationId": "d1"},
        "destination": {"ID": "d1", "Config": CONFIG},
    }


@pytest.fixture
def source():
    return Source()


def post(source, path, body, **headers):
    return source.post(path, body, {"Content-Type": "application/json", **headers})


def test_the_processor_answers_one_entry_for_each_event(source):
    answer = post(source, "/v0/destinations/custify", [event(IDENTIFY), event({"type": "page"}, 2)])

    assert [entry["statusCode"] for entry in answer.json] == [200, 400]
    assert answer.json[0]["output"]["body"]["JSON"]["user_id"] == "u1"
    assert answer.json[1]["error"] == "Message type not supported"
    assert answer.headers["apiVersion"] == "2"


def test_the_company_of_a_group_is_made_while_it_is_transformed(source):
    post(source, "/v0/destinations/CUSTIFY", [event(GROUP)])

    state = source.state()
    assert [company["company_id"] for company in state["companies"]] == ["g1"]
    assert state["people"] == []


def test_a_company_that_custify_refuses_is_told(source):
    source.control(
        "PUT", "/_mock/faults", json={"faults": [{"path": "/company", "status": 429, "body": "slow"}]}
    )

    answer = post(source, "/v0/destinations/custify", [event(GROUP)])

    assert answer.json[0]["statusCode"] == 429
    assert answer.json[0]["error"] == '[Group]: failed create/update company details "slow"'


def test_a_dropped_connection_is_told(source):
    source.control("PUT", "/_mock/faults", json={"faults": [{"path": "/company", "drop": True}]})

    answer = post(source, "/v0/destinations/custify", [event(GROUP)])

    assert answer.json[0]["error"].endswith('"[ECONNRESET] :: Connection reset by peer"')


def test_the_router_answers_with_its_envelope(source):
    answer = post(source, "/routerTransform", {"input": [event(IDENTIFY)], "destType": "custify"})

    entry = answer.json["output"][0]
    assert (entry["statusCode"], entry["batched"], entry["metadata"][0]["jobId"]) == (200, False, 1)
    assert entry["batchedRequest"]["endpoint"] == "https://api.custify.com/people"


def test_the_compact_form_names_destinations_once(source):
    body = {"input": [{"message": IDENTIFY, "metadata": {"destinationId": "d1"}}]}
    destinations = {"d1": {"ID": "d1", "Config": CONFIG}}

    answer = post(
        source,
        "/v0/destinations/custify",
        {**body, "destinations": destinations, "connections": {}},
        **{"X-Content-Format": "json+compactedv1"},
    )

    assert answer.json[0]["statusCode"] == 200


def test_a_packed_body_is_unpacked(source):
    body = gzip.compress(msgspec.json.encode([event(IDENTIFY)]))

    answer = post(source, "/v0/destinations/custify", body, **{"Content-Encoding": "gzip"})

    assert answer.json[0]["statusCode"] == 200


def test_a_body_that_cannot_be_unpacked_is_refused(source):
    answer = post(source, "/v0/destinations/custify", b"no gzip", **{"Content-Encoding": "gzip"})

    assert (answer.status_code, answer.json["message"]) == (500, "failed to read body from request")


def test_users_are_deleted_in_the_fake(source):
    source.send(IDENTIFY, {**IDENTIFY, "userId": "u2", "traits": {}})

    answer = post(
        source,
        "/deleteUsers",
        [{"destType": "custify", "config": CONFIG, "userAttributes": [{"userId": "u1"}, {"userId": "gone"}]}],
    )

    assert (answer.status_code, answer.json) == (200, [{"statusCode": 200, "status": "successful"}])
    assert [person["user_id"] for person in source.state()["people"]] == ["u2"]


def test_the_proxy_delivers_a_built_request(source):
    built = post(source, "/v0/destinations/custify", [event(IDENTIFY)]).json[0]["output"]

    answer = post(source, "/v0/destinations/custify/proxy", built)

    assert (answer.status_code, answer.json["output"]["status"]) == (200, 200)
    assert source.state()["people"][0]["email"] == "a@example.com"


def test_the_proxy_keeps_the_query_of_an_address_beside_its_params(source):
    headers = {"Authorization": f"Bearer {KEY}"}
    built = {"method": "GET", "endpoint": "https://api.custify.com/people?page=2", "headers": headers}

    post(source, "/v0/destinations/custify/proxy", {**built, "params": {"itemsPerPage": 1}})

    asked = source.control("GET", "/_mock/requests")["requests"]
    assert [entry["query"] for entry in asked] == [{"page": "2", "itemsPerPage": "1"}]


def test_the_proxy_delivers_to_the_fake_only(source):
    built = {"method": "POST", "endpoint": "https://elsewhere.example/unknown", "body": {"JSON": {"a": 1}}}

    answer = post(source, "/v0/destinations/custify/proxy", built)

    assert answer.json["output"]["status"] == 400


@pytest.mark.parametrize("path", ["/v0/destinations/other", "/v0/destinations/other/proxy"])
def test_an_unknown_destination_is_404(source, path):
    answer = post(source, path, [event(IDENTIFY)])

    assert (answer.status_code, answer.json) == (404, {"error": "Unknown destination: other"})


def test_the_documented_profile_is_there_on_demand(source):
    sent = [event({**GROUP, "groupId": 77})]

    post(source, "/v0/destinations/custify?profile=documented", sent)

    assert source.control("GET", "/_mock/requests")["requests"][0]["body"]["company_id"] == "77"


def test_an_unknown_profile_is_refused(source):
    answer = post(source, "/v0/destinations/custify?profile=other", [event(IDENTIFY)])

    assert answer.status_code == 400
    assert answer.json["message"] == "no profile 'other': choose one of documented, production"


def test_a_body_that_is_no_json_is_refused(source):
    answer = post(source, "/routerTransform", b"{")

    assert (answer.status_code, answer.json["error"]) == (400, "Bad Request")
