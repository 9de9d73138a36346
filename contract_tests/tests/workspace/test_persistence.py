"""Seed files and state files: what workspaces start from, and how they outlive the process."""

import json
import os
from threading import Event
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from mock_custify import create_app
from mock_custify.cli.serve import serve
from mock_custify.limits import Limits
from mock_custify.state import state_file as persistence
from mock_custify.state.seed_file import SeedFileError, read_seed_file
from mock_custify.state.state_file import Keeper, StateFileError, load_store, replace_file
from mock_custify.workspace import Store
from mock_custify.workspace.initial_state import InitialState
from mock_custify.workspace.messages.destination import DestinationSettings
from support.api import workspace_of

KEY = "a-secret-key"
HEADERS = {"Authorization": f"Bearer {KEY}"}
SEED = {
    "people": [{"user_id": "u1", "companies": [{"company_id": "c1"}]}],
    "companies": [{"company_id": "c1"}],
    "faults": [{"path": "/event", "status": 503}],
    "rate_limit": {"requests": 5},
    "clock": {"freeze": "2026-01-31"},
    "seed": 7,
    "destination": {"profile": "production"},
}


@pytest.fixture
def path(tmp_path):
    """The path of a file that does not exist yet."""
    return tmp_path / "state.json"


def seeded_store(path, seed):
    """Return a store whose workspaces start from `seed`."""
    path.write_text(json.dumps(seed))
    return Store(initial_state=read_seed_file(path))


def filled(path):
    """Return a store with one person, after a second one was deleted, saved to `path`."""
    store = Store()
    client = create_app(store).test_client()
    body = {"user_id": "u1", "companies": [{"company_id": "c1"}]}
    client.post("/people", json=body, headers=HEADERS)
    event = {"user_id": "u1", "name": "login", "created_at": "2026-01-01"}
    client.post("/event", json=event, headers=HEADERS)
    client.put("/_mock/clock", json={"freeze": "2026-01-31"}, headers=HEADERS)
    client.post("/people", json={"user_id": "gone"}, headers=HEADERS)
    client.delete("/people?user_id=gone", headers=HEADERS)
    Keeper(store, path).save()
    return store


def loaded(path):
    """Return a store that was filled from `path`."""
    store = Store()
    load_store(store, path)
    return store


def state(store, path="state"):
    """Return what a control call shows of the workspace of KEY."""
    return create_app(store).test_client().get(f"/_mock/{path}", headers=HEADERS).json


def test_every_workspace_starts_from_the_seed(path):
    store = seeded_store(path, SEED)

    assert [person["user_id"] for person in state(store)["people"]] == ["u1"]
    assert state(store, "faults")["faults"][0]["status"] == 503
    assert state(store, "rate-limit")["requests"] == 5
    assert state(store, "clock")["now"] == "2026-01-31T00:00:00.000Z"
    assert state(store, "seed")["seed"] == 7


def test_what_a_seed_does_not_date_is_as_old_as_its_clock(path):
    store = seeded_store(path, SEED)

    assert [one["created_at"] for one in state(store)["people"]] == ["2026-01-31T00:00:00.000Z"]


def test_the_clock_of_a_seed_may_run_ahead_of_real_time(path):
    store = seeded_store(path, {"clock": {"advance": 60}})

    assert state(store, "clock")["offset"] == 60.0


def test_the_destination_of_a_seed_is_that_of_the_workspace(path):
    assert workspace_of(seeded_store(path, SEED), KEY).destination.profile == "production"


def test_a_reset_goes_back_to_the_seed(path):
    store = seeded_store(path, SEED)
    client = create_app(store).test_client()
    client.delete("/_mock/state", headers=HEADERS)

    client.post("/_mock/reset", headers=HEADERS)

    assert len(state(store)["people"]) == 1


def test_a_state_that_was_read_is_a_seed(path):
    before = state(filled(path))

    assert state(seeded_store(path, before))["people"] == before["people"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("[]", "is not a seed file"),
        ("{", "is not a seed file"),
        ('{"peple": []}', "peple is not a known field"),
        ('{"faults": [{"method": "GET"}]}', "a fault needs an effect"),
        ('{"people": [{"name": "nobody"}]}', "needs a user_id or an email"),
    ],
)
def test_a_seed_file_with_a_mistake_is_refused(path, content, text):
    path.write_text(content)

    with pytest.raises(SeedFileError, match=text):
        read_seed_file(path)


def test_a_missing_seed_file_ends_serve_with_status_2(path):
    result = CliRunner().invoke(serve, ["--seed", str(path), "--port", "0"])

    assert result.exit_code == 2
    assert "cannot be read: No such file or directory" in result.output


def test_what_was_saved_is_loaded_again(path):
    before = filled(path)

    assert state(loaded(path)) == state(before)
    assert state(loaded(path), "clock") == state(before, "clock")


def test_ids_go_on_after_loading(path):
    before = workspace_of(filled(path), KEY).records.ids

    assert workspace_of(loaded(path), KEY).records.ids == before


def test_a_loaded_workspace_has_the_limits_of_the_server(path):
    filled(path)
    store = Store(limits=Limits(attributes=2))

    load_store(store, path)

    assert workspace_of(store, KEY).limits == Limits(attributes=2)


def test_a_clock_that_runs_ahead_and_the_seed_of_ids_are_loaded_again(path):
    before = seeded_store(path, {"clock": {"advance": 60}, "seed": 7})
    workspace_of(before, KEY)
    Keeper(before, path).save()

    after = loaded(path)

    assert (state(after, "clock")["offset"], state(after, "seed")["seed"]) == (60.0, 7)


def test_a_reset_after_loading_goes_back_to_the_seed(path):
    filled(path)
    store = Store(initial_state=InitialState(destination=DestinationSettings(profile="production")))
    load_store(store, path)

    create_app(store).test_client().post("/_mock/reset", headers=HEADERS)

    assert (state(store)["people"], state(store, "destination")["profile"]) == ([], "production")


def test_no_key_is_in_the_file(path):
    filled(path)

    assert KEY not in path.read_text()


def test_a_file_that_does_not_exist_is_made(path):
    Keeper(Store(), path).save()

    assert json.loads(path.read_text()) == {"version": 1, "workspaces": {}}


def test_changes_are_saved_at_the_end(path):
    store = Store()
    keeper = Keeper(store, path)
    keeper.start()
    create_app(store).test_client().post("/people", json={"user_id": "u1"}, headers=HEADERS)

    keeper.stop()

    assert len(state(loaded(path))["people"]) == 1


def test_a_change_is_saved_before_the_end(path, monkeypatch):
    written = Event()
    store = Store()
    keeper = Keeper(store, path)
    keeper.start()
    monkeypatch.setattr(persistence, "replace_file", lambda *_: written.set())

    create_app(store).test_client().post("/people", json={"user_id": "u1"}, headers=HEADERS)

    assert written.wait(60)
    keeper.stop()


def test_a_process_may_end_while_changes_are_still_watched(path):
    assert Keeper(Store(), path).thread.daemon


def test_a_change_is_noticed_and_reading_is_none(path):
    store = filled(path)
    keeper = Keeper(store, path)
    keeper.save()
    state(store)
    after_reading = keeper.changed()

    create_app(store).test_client().delete("/people?user_id=u1", headers=HEADERS)

    assert (after_reading, keeper.changed()) == (False, True)


@pytest.mark.parametrize(
    ("method", "path_of_call", "body"),
    [
        ("POST", "/people", {"user_id": "u1", "name": "Ann"}),
        ("POST", "/event", {"name": "e", "user_id": "u1", "created_at": "2026-01-01"}),
        ("PATCH", "/tag/entity", {"ids": [], "type": "add", "category": "people", "tag": "t"}),
        ("PUT", "/_mock/seed", {"seed": 7}),
        ("PUT", "/_mock/clock", {"advance": 60}),
        ("DELETE", "/_mock/clock", None),
        ("DELETE", "/_mock/state", None),
        ("POST", "/_mock/reset", None),
    ],
)
def test_every_call_that_may_change_something_is_noticed_once(path, method, path_of_call, body):
    store = filled(path)
    keeper = Keeper(store, path)
    keeper.save()

    create_app(store).test_client().open(path_of_call, method=method, json=body, headers=HEADERS)
    noticed = keeper.changed()
    keeper.save()

    assert (noticed, keeper.changed()) == (True, False)
    assert state(loaded(path)) == state(store)


def test_the_first_call_of_a_new_key_is_noticed(path):
    store = filled(path)
    keeper = Keeper(store, path)
    keeper.save()

    create_app(store).test_client().get("/people/all", headers={"Authorization": "Bearer new"})

    assert keeper.changed()


def test_every_workspace_is_loaded_as_it_was(path):
    store = filled(path)
    other = {"Authorization": "Bearer other"}
    create_app(store).test_client().post("/people", json={"user_id": "theirs"}, headers=other)
    Keeper(store, path).save()

    people = create_app(loaded(path)).test_client().get("/people/all", headers=other).json[0]["people"]

    assert [person["user_id"] for person in people] == ["theirs"]


def test_a_clock_that_runs_ahead_still_does_after_loading(path):
    store = filled(path)
    create_app(store).test_client().put("/_mock/clock", json={"set": "2060-01-01"}, headers=HEADERS)

    Keeper(store, path).save()

    assert state(loaded(path), "clock")["now"].startswith("2060-01-01T00:0")


def test_a_reset_after_loading_goes_back_to_the_seed_file(path):
    filled(path)
    store = seeded_store(path.with_name("seed.json"), SEED)
    load_store(store, path)

    create_app(store).test_client().post("/_mock/reset", headers=HEADERS)

    assert state(store, "rate-limit")["requests"] == 5


def test_what_could_not_be_saved_is_saved_by_the_next_attempt(path, monkeypatch):
    store = filled(path)
    keeper = Keeper(store, path)
    path.unlink()
    monkeypatch.setattr(persistence, "replace_file", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    keeper.try_to_save()
    monkeypatch.undo()

    noticed = keeper.changed()
    keeper.try_to_save()

    assert (noticed, state(loaded(path))) == (True, state(store))


def test_the_next_save_holds_what_changed_since_the_last_one(path):
    store = filled(path)
    keeper = Keeper(store, path)
    keeper.save()
    create_app(store).test_client().post("/people", json={"user_id": "u2"}, headers=HEADERS)

    keeper.save()

    assert [person["user_id"] for person in state(loaded(path))["people"]] == ["u1", "u2"]


def test_a_workspace_without_changes_is_not_printed_again(path, monkeypatch):
    keeper = Keeper(filled(path), path)
    keeper.save()
    printed = Mock()
    monkeypatch.setattr(persistence, "printed", printed)

    keeper.save()

    assert printed.call_count == 0


def test_a_file_that_cannot_be_finished_leaves_the_old_one(path, monkeypatch):
    replace_file(path, b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        replace_file(path, b"new")

    assert path.read_bytes() == b"old"


def test_a_write_that_fails_is_logged_and_tried_again(path, monkeypatch, caplog):
    keeper = Keeper(filled(path), path)
    monkeypatch.setattr(os, "fsync", Mock(side_effect=OSError("disk full")))

    keeper.try_to_save()

    assert (caplog.messages, keeper.changed()) == (
        [f"{path} could not be written: disk full; it is tried again"],
        True,
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("{", "is not a state file"),
        ('{"version": 9}', "has version 9: this mock-custify reads version 1"),
        ('{"version": 1, "workspaces": {"zz": {}}}', "is not a state file"),
        ('{"version": 1}', "is not a state file"),
    ],
)
def test_a_state_file_that_cannot_be_used_is_refused(path, content, text):
    path.write_text(content)

    with pytest.raises(StateFileError, match=text):
        load_store(Store(), path)


def test_a_state_file_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(StateFileError) as refused:
        load_store(Store(), tmp_path)

    assert str(refused.value) == f"{tmp_path} cannot be read: it is a folder: name a file"


def test_a_state_file_that_cannot_be_used_ends_serve_with_status_2(path):
    path.write_text("{")

    result = CliRunner().invoke(serve, ["--state", str(path), "--port", "0"])

    assert result.exit_code == 2
    assert "is not a state file of mock-custify" in result.output
    assert path.read_text() == "{"


def test_a_state_file_in_a_missing_folder_ends_serve_with_status_2(path):
    result = CliRunner().invoke(serve, ["--state", str(path / "deeper"), "--port", "0"])

    assert result.exit_code == 2
    assert "deeper cannot be written: No such file or directory" in result.output.replace("\n", " ")


def test_a_second_server_on_the_same_file_is_refused(tmp_path):
    path = tmp_path / "state.json"
    first, second = Keeper(Store(), path), Keeper(Store(), path)
    first.start()

    with pytest.raises(StateFileError, match="in use by another server"):
        second.start()

    first.stop()
    second.start()
    second.stop()


def test_a_call_that_comes_during_a_save_is_whole_in_the_next_one(path, monkeypatch):
    store = filled(path)
    printed = persistence.printed

    def interrupted(workspace):
        create_app(store).test_client().post("/people", json={"user_id": "late"}, headers=HEADERS)
        return printed(workspace)

    keeper = Keeper(store, path)
    monkeypatch.setattr(persistence, "printed", interrupted)
    keeper.save()

    assert [person["user_id"] for person in state(loaded(path))["people"]] == ["u1"]
    assert keeper.changed()
