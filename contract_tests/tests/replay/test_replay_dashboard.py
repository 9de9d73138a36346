"""The dashboard's replay: a file is sent, a thread replays it, and the page asks for the report."""

import gzip
import json
import threading
from base64 import b64encode

import pytest

from mock_custify.app import create_app
from mock_custify.dashboard import replay as view

URL = "/_mock/ui/api/replay"
MESSAGES = [{"type": "identify", "userId": user, "traits": {"plan": "Pro"}} for user in ("u1", "u2")]


@pytest.fixture
def client():
    return create_app().test_client()


def post(client, content, key="k", **options):
    body = {"name": "a.json", "content": b64encode(content).decode(), **options}
    return client.post(URL, json=body, headers={"Authorization": f"Bearer {key}"})


def get(client, key="k"):
    for thread in threading.enumerate():
        if thread.name == "replay":
            thread.join(30)
    return client.get(URL, headers={"Authorization": f"Bearer {key}"}).json


def lines(messages):
    return b"".join(json.dumps(message).encode() + b"\n" for message in messages)


def test_a_file_is_replayed_from_the_state_of_the_workspace(client):
    client.post("/people", json={"user_id": "u1"}, headers={"Authorization": "Bearer k"})

    post(client, gzip.compress(lines(MESSAGES)))

    progress = get(client)
    assert (progress["state"], progress["messages"]) == ("done", 2)
    assert (progress["report"]["created"]["people"], progress["report"]["updated"]["people"]) == (1, 1)


def test_a_replay_changes_nothing_in_the_workspace(client):
    post(client, lines(MESSAGES))
    get(client)

    assert client.get("/_mock/state", headers={"Authorization": "Bearer k"}).json["people"] == []


def test_a_what_if_compares_with_the_other_profile(client):
    post(client, lines(MESSAGES), what_if=True)

    assert get(client)["report"]["against"] == "production"


def test_a_file_of_noise_says_what_is_wrong(client):
    post(client, b"noise")

    progress = get(client)
    assert progress["state"] == "failed"
    assert progress["error"] == "nothing can be read in a.json: a.json is neither JSON nor Parquet"


def test_the_replay_of_a_workspace_is_not_shown_to_another(client):
    post(client, lines(MESSAGES))
    get(client)

    assert get(client, "other")["state"] == "idle"


def test_a_file_beyond_the_limit_is_refused(client):
    assert post(client, b"x" * (view.LARGEST + 8192)).status_code == 413


def test_more_messages_than_the_page_replays_are_refused(client, monkeypatch):
    monkeypatch.setattr(view, "MOST_MESSAGES", 1)

    post(client, lines(MESSAGES))

    assert get(client)["error"] == "the page replays at most 1 messages: use mock-custify replay for more"


@pytest.mark.parametrize("body", [{}, {"name": "a", "content": 5}, {"name": "", "content": ""}])
def test_a_wrong_body_is_refused(client, body):
    assert client.post(URL, json=body, headers={"Authorization": "Bearer k"}).status_code == 400
