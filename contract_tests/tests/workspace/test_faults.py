"""Faults on purpose and the rate limit: what a rule hits, what it does, and when."""

import json
from http.client import RemoteDisconnected
from urllib.request import Request, urlopen

import pytest
from werkzeug.test import EnvironBuilder

from custify_transformer import HttpRequest
from mock_custify import create_app
from mock_custify.api.exchange import Exchange
from mock_custify.dataplane.delivery.local_delivery import ConnectionDroppedError, deliver
from mock_custify.server.server import ServerThread
from mock_custify.workspace.traffic.faults import Fault, Faults

HEADERS = {"Authorization": "Bearer key"}


@pytest.fixture
def client():
    """A client of a fresh server."""
    return create_app().test_client()


@pytest.fixture
def server():
    """The URL of a server on a socket."""
    thread = ServerThread(create_app())
    yield thread.url
    thread.stop()


def put(client, *faults):
    """Set the fault rules."""
    return client.put("/_mock/faults", json={"faults": list(faults)}, headers=HEADERS)


def post(client, user_id="u1"):
    """Upsert a person."""
    return client.post("/people", json={"user_id": user_id}, headers=HEADERS)


def people(client):
    """Return the people on record."""
    return client.get("/_mock/state", headers=HEADERS).json["people"]


def statuses(client, count):
    """Return the statuses of `count` upserts, one after the other."""
    return [post(client).status_code for _ in range(count)]


def asked(url, method, path, body=None):
    """Return the answer of a server on a socket."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{url}{path}", data, HEADERS, method=method)) as answer:  # noqa: S310 - our server
        return json.load(answer)


def test_a_fault_answers_in_place_of_the_call(client):
    put(client, {"status": 503, "headers": {"Retry-After": "7"}, "body": {"error": "down"}})

    answer = post(client)

    assert (answer.status_code, answer.headers["Retry-After"], answer.json) == (503, "7", {"error": "down"})
    assert people(client) == []


def test_a_status_without_a_name_can_be_answered(client):
    put(client, {"status": 599})

    assert post(client).status_code == 599


def test_a_fault_after_the_write_leaves_the_write(client):
    put(client, {"status": 500, "after_write": True})

    answer = post(client)

    assert answer.status_code == 500
    assert [person["user_id"] for person in people(client)] == ["u1"]


def test_a_text_body_is_sent_as_it_is(client):
    put(client, {"body": "{broken", "headers": {"content-type": "text/html"}})

    answer = post(client)

    assert (answer.status_code, answer.data, answer.content_type) == (200, b"{broken", "text/html")


def test_a_fault_hits_only_its_method_and_path(client):
    put(client, {"method": "get", "path": "/people/{id}", "status": 500})

    got = client.get("/people/all", headers=HEADERS)

    assert (post(client).status_code, got.status_code) == (200, 500)


@pytest.mark.parametrize(
    ("rule", "seen"),
    [
        ({"nth": 2}, [200, 500, 200, 200]),
        ({"times": 2}, [500, 500, 200, 200]),
        ({"nth": 2, "times": 2}, [200, 500, 500, 200]),
        ({}, [500, 500, 500, 500]),
        ({"probability": 0}, [200, 200, 200, 200]),
    ],
)
def test_a_fault_fires_when_it_says(client, rule, seen):
    put(client, {"status": 500, **rule})

    assert statuses(client, 4) == seen


def test_chance_repeats_with_its_seed(client):
    put(client, {"status": 500, "probability": 0.5, "seed": 7})
    first = statuses(client, 20)

    put(client, {"status": 500, "probability": 0.5, "seed": 7})

    assert statuses(client, 20) == first
    assert set(first) == {200, 500}


def test_rules_fire_one_after_the_other(client):
    put(client, {"status": 500, "times": 1})
    client.post("/_mock/faults", json={"status": 503, "times": 1}, headers=HEADERS)

    assert statuses(client, 3) == [500, 503, 200]


def test_every_rule_that_matches_counts_the_call_and_the_first_that_fires_acts(client):
    put(client, {"status": 500, "times": 1}, {"status": 503, "nth": 2, "times": 9}, {"status": 504})

    assert statuses(client, 3) == [500, 503, 503]


def test_a_call_over_the_rate_limit_uses_up_no_fault(client):
    client.put("/_mock/clock", json={"freeze": "2026-01-01"}, headers=HEADERS)
    client.put("/_mock/rate-limit", json={"requests": 1, "seconds": 10}, headers=HEADERS)
    statuses(client, 1)
    put(client, {"status": 500, "times": 1})

    limited = statuses(client, 1)
    client.put("/_mock/clock", json={"advance": 10}, headers=HEADERS)

    assert (limited, statuses(client, 1)) == ([429], [500])


def test_rules_tell_how_often_they_matched_and_fired(client):
    put(client, {"status": 500, "nth": 2})
    statuses(client, 3)

    (rule,) = client.get("/_mock/faults", headers=HEADERS).json["faults"]

    assert rule == {"status": 500, "nth": 2, "calls": 3, "fired": 1}


def test_rules_can_be_taken_away(client):
    put(client, {"status": 500})

    client.delete("/_mock/faults", headers=HEADERS)

    assert post(client).status_code == 200


def test_a_fault_is_marked_in_the_journal(client):
    put(client, {"status": 500, "times": 1})
    statuses(client, 2)

    entries = client.get("/_mock/requests", headers=HEADERS).json["requests"]

    assert [entry["fault"] for entry in entries] == [True, False]


def test_another_workspace_has_no_faults(client):
    put(client, {"status": 500})

    other = client.post("/people", json={"user_id": "u1"}, headers={"Authorization": "Bearer other"})

    assert other.status_code == 200


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"statuss": 500}, "faults[1].statuss is not a known field: did you mean 'status'?"),
        ({"method": "POST"}, "a fault needs an effect: one of status, headers, body, delay, drop"),
        ({"status": 99}, "status"),
        ({"delay": -1}, "delay"),
        ({"status": 500, "headers": {"Content-Length": "1"}}, "cannot set the header Content-Length"),
        ({"status": 500, "headers": {"X": "a\r\nB: c"}}, "headers"),
        ({"status": 500, "probability": 2}, "probability"),
        ({"status": 500, "path": "people"}, "path"),
    ],
)
def test_a_rule_with_a_mistake_is_refused_and_changes_nothing(client, rule, text):
    put(client, {"status": 418})

    answer = put(client, {"status": 500}, rule)

    assert answer.status_code == 400
    assert text in answer.json["error"]
    assert post(client).status_code == 418


@pytest.mark.parametrize(("after_write", "held"), [(False, []), (True, ["u1"])])
def test_a_connection_is_dropped_before_or_after_the_write(server, after_write, held):
    asked(server, "POST", "/_mock/faults", {"drop": True, "after_write": after_write, "times": 1})

    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        asked(server, "POST", "/people", {"user_id": "u1"})

    assert [person["user_id"] for person in asked(server, "GET", "/_mock/state")["people"]] == held


def test_a_delayed_call_is_answered(server):
    asked(server, "POST", "/_mock/faults", {"delay": 0.01})

    assert asked(server, "POST", "/people", {"user_id": "u1"})["user_id"] == "u1"


def test_a_server_that_knows_no_faults_breaks_the_answer_off():
    app = create_app()
    put(app.test_client(), {"drop": True})
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/people/all", "HTTP_AUTHORIZATION": "Bearer key"}

    pieces = app.wsgi_app(environ, lambda *_: None)

    with pytest.raises(ConnectionDroppedError, match="injected by a fault rule"):
        list(pieces)


def test_a_delivery_in_process_is_dropped():
    app = create_app()
    put(app.test_client(), {"drop": True})
    request = HttpRequest("POST", "https://api.custify.com/people", HEADERS, {}, {"user_id": "u1"})

    with pytest.raises(ConnectionDroppedError, match="the connection was dropped"):
        deliver(app, request)


def test_a_fault_with_headers_alone_leaves_status_and_body_also_of_a_refusal(client):
    refused = client.get("/people/unknown", headers=HEADERS)
    put(client, {"headers": {"X-Fault": "yes"}})

    answer = client.get("/people/unknown", headers=HEADERS)

    assert (answer.status_code, answer.data) == (404, refused.data)
    assert answer.headers["X-Fault"] == "yes"


def test_a_fault_with_a_body_alone_leaves_the_status_and_the_write(client):
    put(client, {"body": {"broken": True}})

    answer = post(client)

    assert (answer.status_code, answer.json, len(people(client))) == (200, {"broken": True}, 1)


@pytest.mark.parametrize(
    ("body", "sent"), [(0, b"0"), (False, b"false"), ("", b""), ([], b"[]"), ({}, b"{}")]
)
def test_a_body_that_is_empty_or_zero_is_one(client, body, sent):
    put(client, {"body": body})

    assert post(client).data == sent


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("after_write", [True, False])
def test_a_status_that_has_no_body_gets_none(client, status, after_write):
    put(client, {"status": status, "after_write": after_write, "body": {"a": 1}})

    answer = post(client)

    assert (answer.status_code, answer.data, len(people(client))) == (status, b"", int(after_write))


@pytest.mark.parametrize("after_write", [True, False])
def test_a_call_that_is_refused_is_answered_as_the_fault_says_after_it(client, after_write):
    put(client, {"status": 503, "after_write": after_write})

    answer = client.post("/people", json={"name": "nobody"}, headers=HEADERS)

    assert (answer.status_code, people(client)) == (503, [])


def test_a_dropped_call_is_held_back_before_it_is_dropped(client):
    put(client, {"drop": True, "delay": 0.5, "method": "GET"})
    app, exchange = client.application, Exchange()

    call = {**EnvironBuilder("/people/all").get_environ(), "HTTP_AUTHORIZATION": "Bearer key"}
    app({**call, "mock_custify.exchange": exchange}, exchange.start_response)

    assert (exchange.wait, exchange.dropped) == (0.5, True)


def test_times_counts_the_calls_that_chance_has_hit_from_the_nth_on(client):
    put(client, {"status": 500, "nth": 3, "times": 2, "probability": 0.4, "seed": 1})

    seen = statuses(client, 40)

    assert (seen[:2], seen.count(500)) == ([200, 200], 2)


def test_another_seed_gives_another_chance(client):
    put(client, {"status": 500, "probability": 0.5, "seed": 1})
    first = statuses(client, 20)

    put(client, {"status": 500, "probability": 0.5, "seed": 2})

    assert statuses(client, 20) != first


def test_a_rule_that_is_added_leaves_the_counts_of_the_others(client):
    put(client, {"status": 500, "times": 1})
    post(client)

    answer = client.post("/_mock/faults", json={"status": 503, "times": 1}, headers=HEADERS)

    assert [(rule["calls"], rule["fired"]) for rule in answer.json["faults"]] == [(1, 1), (0, 0)]


@pytest.mark.parametrize(
    ("path", "hit"),
    [
        ("/people/{id}", ["/people/all", "/people/x"]),
        ("/people/*", ["/people/all", "/people/x", "/people/"]),
        ("/people*", ["/people/all", "/people/x", "/people/", "/people"]),
        ("*/all", ["/people/all", "/company/all"]),
        ("/company/{kind}/{id}", ["/company/people/x"]),
        ("/company/*", ["/company/all", "/company/people/x"]),
        ("/PEOPLE", []),
        ("/people.all", []),
    ],
)
def test_a_path_of_a_rule_hits_what_it_describes(path, hit):
    paths = ["/people/all", "/people/x", "/people/", "/people", "/company/all", "/company/people/x"]

    assert [one for one in paths if Faults((Fault(path=path, status=500),)).find("GET", one)] == hit
