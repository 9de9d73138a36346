"""What stands on record about those that the bodies of calls name, before and after a delivery."""

import pytest

from mock_custify.dataplane.data_plane import DataPlaneOptions
from mock_custify.dataplane.delivery.named_records import find_named_records
from mock_custify.dataplane.delivery.retry import RetryPolicy
from support.api import Api, workspace_of
from support.dataplane import KEY, Source


@pytest.fixture
def records():
    """The records of a workspace with three people and three companies; u1 belongs to g1."""
    api = Api()
    people = [
        {"id": "p1", "user_id": "u1", "email": "a@x.io"},
        {"id": "p2", "user_id": "7"},
        {"user_id": "true"},
    ]
    companies = [{"id": f"c{at}", "company_id": f"g{at}"} for at in (1, 2)]
    state = {
        "people": people,
        "companies": [*companies, {"id": "c7", "company_id": "7"}, {"company_id": "None"}],
    }
    api.put("/_mock/state", {**state, "memberships": [{"user_id": "u1", "company_id": "g1"}]})
    api.post("/event", {"name": "A", "user_id": "u1", "created_at": "2026-01-02"})
    api.post("/event", {"name": "B", "user_id": "u1", "created_at": "2026-01-01"})
    return workspace_of(api.client.application.store, "k").records


@pytest.mark.parametrize(
    ("body", "people", "companies"),
    [
        ({"user_id": "u1"}, ["p1"], ["c1"]),
        ({"email": "a@x.io"}, ["p1"], ["c1"]),
        ({"user_id": 7}, ["p2"], []),
        ({"user_id": True, "email": None}, [], []),
        ({"user_id": {}, "email": ["a@x.io"]}, [], []),
        ({"company_id": "g2"}, [], ["c2"]),
        ({"company_id": 7}, [], ["c7"]),
        ({"company_id": True}, [], []),
        (
            {"user_id": "u1", "companies": [{"company_id": "g2"}, {"company_id": 7}, 1]},
            ["p1"],
            ["c1", "c2", "c7"],
        ),
        ({"companies": {"company_id": "g1"}}, [], []),
        ({"companies": [{"company_id": "unknown"}, {}]}, [], []),
        ("text", [], []),
    ],
)
def test_those_that_a_body_names_are_found_with_their_companies(records, body, people, companies):
    found = find_named_records(records, [body])

    assert [person.id for person in found.people] == people
    assert sorted(company.id for company in found.companies) == companies
    assert found.links == tuple((person, "c1") for person in people if person == "p1")


def test_bodies_are_looked_at_together_and_each_record_stands_once(records):
    found = find_named_records(records, [{"company_id": "g1"}, None, {"user_id": "u1"}, {"email": "a@x.io"}])

    assert ([person.id for person in found.people], [one.id for one in found.companies]) == (["p1"], ["c1"])


def test_events_are_counted_and_the_newest_is_named(records):
    found = find_named_records(records, [])

    assert (found.events, found.newest.name) == (2, "B")


def test_a_workspace_without_events_has_no_newest_one():
    found = find_named_records(workspace_of(Api().client.application.store, "k").records, [{"user_id": "u1"}])

    assert (found.people, found.companies, found.events, found.newest) == ((), (), 0, None)


def test_before_is_what_stood_there_before_the_first_attempt_and_after_what_stands_since_the_last():
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=0.001)))
    rule = {"method": "POST", "path": "/people", "status": 503, "times": 1}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})
    source.app.data_plane.dispatcher.settle(10)

    (delivery,) = workspace_of(source.app.store, KEY).deliveries.kept
    assert (delivery.attempts, delivery.before.people, delivery.before.companies) == (2, (), ())
    assert (len(delivery.after.people), len(delivery.after.companies)) == (1, 1)
