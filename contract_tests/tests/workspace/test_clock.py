"""The clock and the ids of a workspace: frozen, moved, and the same again from a seed."""

import pytest

from mock_custify import create_app
from mock_custify.workspace.clock import Ids

HEADERS = {"Authorization": "Bearer key"}


@pytest.fixture
def client():
    """A client of a fresh server."""
    return create_app().test_client()


def put(client, path, body):
    """Make a PUT call of the control API."""
    return client.put(f"/_mock/{path}", json=body, headers=HEADERS)


def upsert(client, user_id):
    """Upsert a person and return it."""
    return client.post("/people", json={"user_id": user_id}, headers=HEADERS).json


def test_a_frozen_clock_dates_what_is_written(client):
    put(client, "clock", {"freeze": "2026-01-31T12:00:00+02:00"})

    assert upsert(client, "u1")["created_at"] == "2026-01-31T10:00:00.000Z"


def test_a_frozen_clock_can_be_advanced(client):
    put(client, "clock", {"freeze": "2026-01-31"})

    answer = put(client, "clock", {"advance": 86_400.5})

    assert answer.json == {"now": "2026-02-01T00:00:00.500Z", "frozen": True, "offset": 0.0}


def test_a_set_clock_goes_on(client):
    answer = put(client, "clock", {"set": "2030-01-31"})

    assert answer.json["now"].startswith("2030-01-31T00:00:")
    assert not answer.json["frozen"]


def test_a_frozen_clock_can_run_on(client):
    put(client, "clock", {"freeze": "2030-01-31"})

    answer = put(client, "clock", {"freeze": False})

    assert answer.json["now"].startswith("2030-01-31T00:00:")
    assert not answer.json["frozen"]


def test_the_clock_goes_back_to_real_time(client):
    put(client, "clock", {"freeze": "2030-01-31"})

    answer = client.delete("/_mock/clock", headers=HEADERS)

    assert (answer.json["frozen"], answer.json["offset"]) == (False, 0.0)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "send one of them"),
        ({"freez": True}, "freez is not a known field"),
        ({"freeze": True, "set": "2026-01-01"}, "not both"),
        ({"freeze": "tomorrow"}, "'tomorrow' is not a date"),
        ({"advance": 1e11, "set": "9000-01-01"}, "must stay between the years 1 and"),
        ({"freeze": "0001-01-01T00:00:00+05:00"}, "must stay between the years 1 and"),
    ],
)
def test_a_clock_that_makes_no_sense_is_refused(client, body, text):
    answer = put(client, "clock", body)

    assert answer.status_code == 400
    assert text in answer.json["error"]


def test_a_seed_makes_the_same_ids_in_every_workspace(client):
    put(client, "seed", {"seed": 7})
    client.put("/_mock/seed", json={"seed": 7}, headers={"Authorization": "Bearer other"})

    other = client.post("/people", json={"user_id": "u2"}, headers={"Authorization": "Bearer other"}).json

    assert upsert(client, "u1")["id"] == other["id"]


def test_two_seeds_make_different_ids(client):
    put(client, "seed", {"seed": 7})
    first = upsert(client, "u1")["id"]

    put(client, "seed", {"seed": 8})

    assert upsert(client, "u2")["id"][:12] != first[:12]


def test_a_seed_never_makes_an_id_that_is_on_record(client):
    put(client, "seed", {"seed": 7})
    first = upsert(client, "u1")["id"]

    put(client, "seed", {"seed": 7})

    assert upsert(client, "u2")["id"] != first


def test_emptying_a_workspace_keeps_its_seed_and_starts_its_ids_again(client):
    put(client, "seed", {"seed": 7})
    first = upsert(client, "u1")["id"]

    client.delete("/_mock/state", headers=HEADERS)

    assert upsert(client, "u2")["id"] == first


@pytest.mark.parametrize(
    ("section", "record"),
    [
        ("companies", {"company_id": "g1"}),
        ("events", {"name": "e", "company_id": "g1"}),
        ("tags", {"name": "t"}),
        ("notes", {"text": "t"}),
        ("tasks", {"name": "t"}),
        ("segments", {"name": "s"}),
        ("playbooks", {"name": "p"}),
        ("playbook_runs", {"playbook": "p", "entity": "e", "type": "companies"}),
        ("health_scores", {"name": "h"}),
        ("health_score_values", {"health_score_id": "h", "value": 1}),
        ("calculated_metrics", {"name": "m"}),
        ("lifecycles", {"name": "l"}),
        ("objectives", {"name": "o"}),
        ("signals", {"title": "s"}),
        ("meetings", {"title": "m"}),
        ("nps_scores", {"email": "a@x.io", "score": 9}),
        ("csat_scores", {"email": "a@x.io", "score": 5}),
        ("calculated_metric_values", {"calculated_metric_id": "m", "value": 1}),
        ("surveys", {"name": "s"}),
        ("deals", {"externalId": "d"}),
    ],
)
@pytest.mark.parametrize("path", ["seed", "clock"])
def test_an_id_that_any_kind_of_record_has_is_never_made_again(client, section, record, path):
    put(client, "seed", {"seed": 7})
    taken = Ids(seed=7).next()
    answer = put(client, "state", {section: [{"id": taken, **record}]})

    put(client, path, {"seed": {"seed": 7}, "clock": {"advance": 1}}[path])

    assert answer.json[section][0]["id"] == taken
    assert upsert(client, "u2")["id"] == Ids(seed=7, count=1).next()
