"""A key in the wrong header: the refusal stays, and the server tells where the key belongs."""

import logging

import pytest
import requests

from mock_custify import MockCustify
from mock_custify.app import create_app
from mock_custify.workspace import Store

EVENT = {"userId": "u1"}
BEARER = {"Authorization": "Bearer KEY"}


def refused(store, path, headers, caplog):
    """Return the answer of a call and the line of the log about it."""
    client = create_app(store).test_client()
    with caplog.at_level(logging.INFO, "mock_custify.traffic"):
        answer = client.post(path, json=EVENT, headers=headers)
    return answer, caplog.messages[-1]


def test_the_log_says_how_to_send_the_key_when_a_call_of_the_data_plane_has_a_bearer_key(caplog):
    answer, line = refused(Store(), "/v1/identify", BEARER, caplog)

    assert (answer.status_code, answer.text) == (401, "failed to read writekey from header\n")
    assert line.startswith("POST /v1/identify: refused 401 | failed to read writekey from header | ")
    assert "curl -u KEY:" in line


def test_the_log_has_no_hint_without_a_bearer_key(caplog):
    _, line = refused(Store(), "/v1/identify", {}, caplog)

    assert line == "POST /v1/identify: refused 401 | failed to read writekey from header"


@pytest.mark.parametrize("keys", [(), ("right",)])
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/v1/identify", BEARER),
        ("/v1/i", BEARER),
        ("/people", {"Authorization": "Basic S0VZOg=="}),
        ("/people", {"Authorization": "KEY"}),
        ("/people", {"X-Api-Key": "KEY"}),
    ],
)
def test_a_key_in_the_wrong_header_counts_as_a_missing_key(keys, path, headers, caplog):
    store = Store(keys)

    refused(store, path, headers, caplog)

    assert (store.arrivals.unknown_key, store.arrivals.without_key) == (0, 1)


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/people", BEARER), ("/v1/identify", {"Authorization": "Basic S0VZOg=="})],
)
def test_a_key_that_is_not_accepted_counts_as_an_unknown_key(path, headers, caplog):
    store = Store(("right",))

    refused(store, path, headers, caplog)

    assert (store.arrivals.unknown_key, store.arrivals.without_key) == (1, 0)


def test_the_key_in_the_body_of_segments_browser_sdk_counts_as_an_unknown_key():
    store = Store(("right",))

    create_app(store).test_client().post("/v1/i", json={**EVENT, "writeKey": "wrong"})

    assert (store.arrivals.unknown_key, store.arrivals.without_key) == (1, 0)


def test_a_fake_in_process_does_not_speak_of_an_option_of_the_server():
    with MockCustify(api_key="right"):
        answer = requests.get("https://api.custify.com/people/all", headers=BEARER, timeout=5)

    text = "this API key is not known here: use the api_key that was given to MockCustify"
    assert (answer.status_code, answer.json()["error"]) == (401, text)


def test_a_server_in_a_thread_does_not_speak_of_an_option_of_the_command():
    with MockCustify.serve(api_key="right") as server:
        answer = requests.get(f"{server.url}/people/all", headers=BEARER, timeout=5)

    assert "the api_key that was given to MockCustify" in answer.json()["error"]


def test_a_server_of_the_command_names_its_option(caplog):
    answer, _ = refused(Store(("right",)), "/people", BEARER, caplog)

    assert answer.json["error"].endswith("use a key given to the server with --api-key")
