"""Named snapshots and the reset: what they bring back, and what they leave alone."""

import pytest

from mock_custify import create_app
from mock_custify.workspace import Store
from mock_custify.workspace.snapshots import MOST_SNAPSHOTS
from support.api import workspace_of

HEADERS = {"Authorization": "Bearer key"}
OTHER = {"Authorization": "Bearer other"}


@pytest.fixture
def client():
    """A client of a server that holds one person in each of two workspaces."""
    client = create_app(Store()).test_client()
    upsert(client, "u1")
    client.post("/people", json={"user_id": "u1"}, headers=OTHER)
    return client


def upsert(client, user_id):
    """Upsert a person with a company and return it."""
    body = {"user_id": user_id, "companies": [{"company_id": "c1"}]}
    return client.post("/people", json=body, headers=HEADERS).json


def snapshot(client, method, path):
    """Make a call about snapshots."""
    return client.open(f"/_mock/snapshots{path}", method=method, headers=HEADERS)


def state(client, headers=HEADERS):
    """Return a whole workspace."""
    return client.get("/_mock/state", headers=headers).json


def test_a_snapshot_brings_back_the_whole_state(client):
    before = state(client)
    snapshot(client, "PUT", "/first")
    upsert(client, "u2")
    client.delete("/people?user_id=u1", headers=HEADERS)

    snapshot(client, "POST", "/first/restore")

    assert state(client) == before


def test_a_snapshot_can_be_restored_again(client):
    before = state(client)
    snapshot(client, "PUT", "/first")
    snapshot(client, "POST", "/first/restore")
    upsert(client, "u2")

    snapshot(client, "POST", "/first/restore")

    assert state(client) == before


def test_a_second_snapshot_of_a_name_takes_the_place_of_the_first(client):
    snapshot(client, "PUT", "/first")
    upsert(client, "u2")
    before = state(client)
    snapshot(client, "PUT", "/first")
    upsert(client, "u3")

    snapshot(client, "POST", "/first/restore")

    assert state(client) == before


def test_ids_go_on_from_the_snapshot(client):
    snapshot(client, "PUT", "/first")
    first = upsert(client, "u2")["id"]

    snapshot(client, "POST", "/first/restore")

    assert upsert(client, "u3")["id"] == first


def test_restoring_leaves_other_workspaces_alone(client):
    snapshot(client, "PUT", "/first")
    client.post("/people", json={"user_id": "u2"}, headers=OTHER)
    before = state(client, OTHER)

    snapshot(client, "POST", "/first/restore")

    assert state(client, OTHER) == before


def test_snapshots_are_listed_with_what_they_hold(client):
    snapshot(client, "PUT", "/first")

    (listed,) = snapshot(client, "GET", "").json["snapshots"]

    assert (listed["name"], listed["counts"]["people"], listed["counts"]["memberships"]) == ("first", 1, 1)


def test_a_deleted_snapshot_is_gone(client):
    snapshot(client, "PUT", "/first")
    snapshot(client, "DELETE", "/first")

    answer = snapshot(client, "POST", "/first/restore")

    assert answer.status_code == 404
    assert answer.json == {"error": "there is no snapshot 'first': the workspace has none"}


def test_snapshots_are_bounded(client):
    workspace = workspace_of(client.application.store, "key")
    workspace.snapshots = dict.fromkeys(range(MOST_SNAPSHOTS))

    answer = snapshot(client, "PUT", "/one-more")

    assert answer.status_code == 400
    assert answer.json == {"error": "there are 100 snapshots already: delete one first"}


def test_a_name_that_is_too_long_is_refused(client):
    answer = snapshot(client, "PUT", f"/{'n' * 201}")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("path", "key"),
    [("requests", "requests"), ("faults", "faults"), ("snapshots", "snapshots"), ("state", "people")],
)
def test_a_reset_empties_everything(client, path, key):
    client.put("/_mock/faults", json={"faults": [{"status": 500}]}, headers=HEADERS)
    snapshot(client, "PUT", "/first")

    client.post("/_mock/reset", headers=HEADERS)

    assert client.get(f"/_mock/{path}", headers=HEADERS).json[key] == []


def test_a_reset_says_what_was_wiped_and_leaves_others_alone(client):
    answer = client.post("/_mock/reset", headers=HEADERS)

    assert answer.json["wiped"]["people"] == 1
    assert len(state(client, OTHER)["people"]) == 1
