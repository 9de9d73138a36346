"""What is set and kept beside the records: what takes it away, what leaves it, and whose it is."""

import json

import pytest

from mock_custify import create_app
from mock_custify.state.seed_file import read_seed_file
from mock_custify.workspace import Store
from support.api import Api

SETTINGS = {
    "faults": {"faults": [{"method": "PATCH", "status": 500}]},
    "rate-limit": {"requests": 100},
    "clock": {"freeze": "2026-01-31"},
    "requests": {"size": 5},
    "destination": {"profile": "production", "Config": {"x": 1}},
}
CHANGES = {"state": {"people": [{"user_id": "u2"}]}, "seed": {"seed": 1}, "snapshots/a": {}, **SETTINGS}
KEPT = [*SETTINGS, "snapshots", "deliveries"]
NEW_RECORDS = [
    ("DELETE", "/_mock/state"),
    ("PUT", "/_mock/state"),
    ("POST", "/_mock/snapshots/first/restore"),
]
SEED = {
    "people": [{"user_id": "u1"}],
    "faults": [{"path": "/event", "status": 503}],
    "rate_limit": {"requests": 5},
    "clock": {"freeze": "2026-01-31"},
    "seed": 7,
    "destination": {"profile": "production"},
}


@pytest.fixture
def settled(api):
    """A workspace with every setting, a person, a delivery and two snapshots."""
    api.put("/_mock/seed", {"seed": 7})
    api.put("/_mock/snapshots/first", {})
    api.person()
    track = {"type": "track", "event": "e", "userId": "u1"}
    api.client.post("/v1/track", json=track, auth=(api.key, ""))
    api.put("/_mock/snapshots/second", {})
    for path, setting in SETTINGS.items():
        api.put(f"/_mock/{path}", setting)
    return api


@pytest.fixture
def begun(tmp_path):
    """A client of a server whose workspaces start from a seed file with every setting."""
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(SEED))
    return Api(client=create_app(Store(initial_state=read_seed_file(path))).test_client())


@pytest.mark.parametrize(("method", "path"), NEW_RECORDS)
@pytest.mark.parametrize("kept", KEPT)
def test_new_records_leave_what_is_set_and_what_was_asked(settled, method, path, kept):
    before = settled.get(f"/_mock/{kept}")

    settled.call(method, path, {})

    assert settled.status == 200
    assert settled.get(f"/_mock/{kept}") == before


@pytest.mark.parametrize(("method", "path"), NEW_RECORDS)
def test_new_records_leave_the_seed(settled, method, path):
    settled.call(method, path, {})

    assert settled.get("/_mock/seed")["seed"] == 7


@pytest.mark.parametrize(("path", "change"), CHANGES.items())
def test_another_workspace_sees_nothing_that_is_set_or_kept_in_this_one(path, change):
    ours = Api()
    other = Api(key="other", client=ours.client)
    before = other.get(f"/_mock/{path.removesuffix('/a')}")

    ours.put(f"/_mock/{path}", change)

    assert ours.status == 200
    assert {**other.get(f"/_mock/{path.removesuffix('/a')}"), "now": ""} == {**before, "now": ""}


@pytest.mark.parametrize("snapshot", ["first", "second"])
def test_a_deleted_snapshot_is_gone_and_the_other_one_stays(settled, snapshot):
    settled.delete(f"/_mock/snapshots/{snapshot}")

    left = [one["name"] for one in settled.get("/_mock/snapshots")["snapshots"]]
    assert left == [name for name in ("first", "second") if name != snapshot]


def test_a_snapshot_was_taken_at_the_time_of_the_workspace(api):
    api.freeze("2026-01-31")

    assert api.put("/_mock/snapshots/a", {})["taken_at"] == "2026-01-31T00:00:00.000Z"


def test_a_snapshot_of_a_known_name_is_taken_also_when_there_are_as_many_as_allowed(api):
    names = [f"s{number}" for number in range(100)]
    assert [api.put(f"/_mock/snapshots/{name}", {})["name"] for name in names] == names
    api.person()

    answer = api.put("/_mock/snapshots/s0", {})

    assert (api.status, answer["counts"]["people"]) == (200, 1)


def test_what_is_done_after_a_restore_does_not_change_the_snapshot(settled):
    settled.post("/_mock/snapshots/second/restore", {})
    restored = settled.get("/_mock/state")
    settled.person(name="changed", companies=[{"company_id": "g1"}])
    settled.post("/event", {"name": "e", "user_id": "u1", "created_at": "2026-01-01"})

    settled.post("/_mock/snapshots/second/restore", {})

    assert settled.get("/_mock/state") == restored


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("faults", {"faults": []}),
        ("rate-limit", {"requests": None, "seconds": None, "remaining": None}),
    ],
)
def test_a_setting_of_the_seed_file_can_be_taken_away(begun, path, left):
    begun.delete(f"/_mock/{path}")

    assert begun.get(f"/_mock/{path}") == left


def test_a_clock_that_the_seed_file_stops_goes_back_to_real_time(begun):
    assert begun.delete("/_mock/clock")["frozen"] is False


def test_a_deleted_destination_is_that_of_the_seed_file_again(begun):
    begun.put("/_mock/destination", {"profile": "documented"})

    assert begun.delete("/_mock/destination")["profile"] == "production"


@pytest.mark.parametrize(("path", "change"), CHANGES.items())
def test_workspaces_of_one_seed_file_change_each_by_itself(begun, path, change):
    other = Api(key="other", client=begun.client)
    before = other.get(f"/_mock/{path.removesuffix('/a')}")

    begun.put(f"/_mock/{path}", change)
    begun.post("/event", {"name": "e", "user_id": "u1", "created_at": "2026-01-01"})

    assert other.get(f"/_mock/{path.removesuffix('/a')}") == before


def test_people_made_in_one_workspace_of_a_seed_file_are_in_no_other(begun):
    other = Api(key="other", client=begun.client)
    before = other.get("/_mock/state")

    begun.person(name="changed", companies=[{"company_id": "g1"}])

    assert other.get("/_mock/state") == before


def test_emptying_a_workspace_of_a_seed_file_keeps_the_seed_and_takes_the_records(begun):
    begun.delete("/_mock/state")

    assert (begun.get("/_mock/seed")["seed"], begun.get("/_mock/state")["people"]) == (7, [])


@pytest.mark.parametrize(("length", "status"), [(200, 200), (201, 400)])
def test_the_name_of_a_snapshot_has_at_most_200_characters(api, length, status):
    api.put(f"/_mock/snapshots/{'n' * length}", {})

    assert api.status == status
