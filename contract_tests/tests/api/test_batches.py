"""Batches: several jobs in one call, in order, each with the result that its own call would have had."""

import pytest

NOW = "2026-05-01T12:00:00.000Z"
PERSON = {"type": "people", "payload": {"user_id": "u1"}}
COMPANY = {"type": "company", "payload": {"company_id": "g1", "name": "Acme"}}
EVENT = {"type": "event", "payload": {"user_id": "u1", "name": "Paid", "created_at": NOW}}
OBJECT = {"data_type": "order", "data_id": "o1", "data": {"amount": 1}}
CUSTOM = {"type": "custom-data", "payload": {"company_id": "g1", "entityModel": "Company", **OBJECT}}


@pytest.fixture
def world(api):
    api.freeze(NOW)
    return api


def batch(world, *jobs, **options):
    answer = world.post("/batch", {"jobs": list(jobs), **options})
    assert world.status == 202
    return answer


def test_the_jobs_of_a_batch_are_done_in_their_order(world):
    batch(world, PERSON, COMPANY, EVENT, CUSTOM)

    state = world.get("/_mock/state")
    assert [person["user_id"] for person in state["people"]] == ["u1"]
    assert [company["name"] for company in state["companies"]] == ["Acme"]
    assert [(event["name"], event["dropped"]) for event in state["events"]] == [("Paid", None)]
    assert [one["data"] for one in state["custom_data"]] == [{"amount": 1}]


def test_a_batch_answers_nothing_unless_asked_for_its_id(world):
    assert batch(world, PERSON) == {}
    assert list(batch(world, PERSON, returnJobId=True)) == ["id"]


def test_a_synchronous_batch_answers_its_results(world):
    found = batch(world, PERSON, EVENT, synchronous=True)

    assert [(one["type"], one["status"], one["error"]) for one in found["results"]] == [
        ("people", 200, None),
        ("event", 202, None),
    ]


def test_a_refused_job_changes_nothing_and_stops_no_other(world):
    nobody = {"type": "event", "payload": {**EVENT["payload"], "user_id": "u9"}}
    wrong = {"type": "people", "payload": {"user_id": "u2", "custom_attributes": {"a.b": 1}}}

    found = batch(world, wrong, nobody, PERSON, synchronous=True)["results"]

    assert [(one["status"], one["error"]) for one in found] == [
        (400, "custom_attributes.a.b: a name must not contain a dot"),
        (404, "there is no person with user_id 'u9'"),
        (200, None),
    ]
    assert [person["user_id"] for person in world.get("/_mock/state")["people"]] == ["u1"]


@pytest.mark.parametrize(("options", "most"), [({"synchronous": True}, 3), ({}, 100)])
def test_a_batch_has_a_largest_number_of_jobs(world, options, most):
    batch(world, *[PERSON] * most, **options)

    refused = world.post("/batch", {"jobs": [COMPANY] * (most + 1), **options})

    assert (world.status, f"at most {most} jobs" in refused["error"]) == (400, True)
    assert world.get("/_mock/state")["companies"] == []


def test_a_batch_without_jobs_does_nothing(world):
    assert (world.post("/batch", {}), world.status) == ({}, 202)


@pytest.mark.parametrize(
    ("owner", "text"),
    [
        ({"entity": "0" * 24, "entityModel": "Company"}, "there is no company with the id"),
        ({"company_id": "g1", "entityModel": "Order"}, "entityModel is companies or people"),
    ],
)
def test_custom_data_of_nobody_is_refused(world, owner, text):
    job = {"type": "custom-data", "payload": {**owner, **OBJECT}}

    (found,) = batch(world, job, synchronous=True)["results"]

    assert (found["status"], found["error"].startswith(text)) == (400, True)


def test_the_id_of_a_batch_is_good_for_six_hours(world):
    name = batch(world, PERSON, returnJobId=True)["id"]
    found = world.get(f"/batch/{name}")
    assert (found["state"], [one["status"] for one in found["results"]]) == ("completed", [200])

    world.freeze("2026-05-01T18:00:00.000Z")
    assert world.get(f"/batch/{name}")["id"] == name

    world.freeze("2026-05-01T18:00:01.000Z")
    assert ("no batch" in world.get(f"/batch/{name}")["error"], world.status) == (True, 404)


def test_a_batch_whose_id_is_no_longer_valid_makes_room(world):
    batch(world, PERSON, returnJobId=True)
    world.freeze("2026-05-01T17:00:00.000Z")
    kept = batch(world, PERSON, returnJobId=True)["id"]

    world.freeze("2026-05-01T18:00:01.000Z")
    newest = batch(world, PERSON, returnJobId=True)["id"]

    assert [one["id"] for one in world.get("/_mock/state")["batches"]] == [kept, newest]
