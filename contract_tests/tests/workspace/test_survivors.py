"""What planted faults got past the other tests; docs/mutation.md tells how they were found."""

import pytest

from custify_transformer import Destination, transform
from mock_custify.resources.events.log import EventLog
from support.api import Api

ONCE = {"name": "Paid", "user_id": "u1", "created_at": "2026-01-01", "deduplication_id": "d1"}
PLACES = [
    {"userId": "a"},
    {"traits": {"userId": "a"}},
    {"traits": {"id": "a"}},
    {"context": {"traits": {"userId": "a"}}},
    {"context": {"traits": {"id": "a"}}},
]


@pytest.mark.parametrize("place", PLACES)
def test_each_place_of_the_user_id_alone_names_the_person(place):
    requests = transform({"type": "identify", **place}, Destination("key"))

    assert requests[-1].body["user_id"] == "a"


def test_the_user_id_of_the_message_wins_over_the_one_in_its_traits():
    requests = transform({"type": "identify", "userId": "a", "traits": {"userId": "b"}}, Destination("key"))

    assert requests[-1].body["user_id"] == "a"


def test_a_deduplication_id_of_one_workspace_means_nothing_in_another():
    one = Api("one")
    other = Api("other", one.client)
    one.person()
    other.person()

    one.post("/event", ONCE)
    other.post("/event", ONCE)

    assert len(other.get("/_mock/state")["events"]) == 1


def test_a_copy_of_the_events_learns_no_deduplication_id_of_the_original():
    log = EventLog()
    twin = log.copy()

    log.deduplication_ids.add("d1")

    assert not twin.seen("d1")


def test_every_event_on_record_has_an_id_of_its_own(api):
    person = api.person()

    api.post("/event", {"name": "A", "user_id": "u1", "created_at": "2026-01-01"})
    api.post("/event", {"name": "B", "user_id": "u1", "created_at": "2026-01-01"})

    ids = {event["id"] for event in api.get("/_mock/state")["events"]}
    assert len(ids - {person, None, ""}) == 2


@pytest.mark.parametrize("trait", ["email", "phone", "name"])
def test_the_traits_of_a_person_win_over_the_remembered_ones(trait):
    message = {"type": "identify", "userId": "a", "traits": {trait: "1"}, "context": {"traits": {trait: "2"}}}

    requests = transform(message, Destination("key"))

    assert requests[-1].body[trait] == "1"
