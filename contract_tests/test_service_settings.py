"""What the service does to an event before it is transformed: settings, times, the compact form."""

import pytest

from contract_tests.test_transformer_server import PERSON, PROCESSOR, ROUTER, call, entries, event
from transformer.events import timed

COMPACT = {"x-content-format": "json+compactedv1"}
TRACK = {"type": "track", "channel": "sources", "properties": {"timestamp": "p"}, "timestamp": "t"}


@pytest.mark.parametrize(
    ("traits", "path", "key"), [({"a.b": "DYN"}, "a.b", "DYN"), ({"a": ["DYN"]}, "a.0", "DYN")]
)
def test_a_setting_from_where_no_member_can_be_taken_out_leaves_the_event_as_it_is(traits, path, key):
    destination = {"Config": {"apiKey": "{{ message.context." + path + " || x }}"}}

    (entry,) = entries(event({**PERSON, "context": traits}, destination=destination))

    assert entry["output"]["headers"]["Authorization"] == f"Bearer {key}"


@pytest.mark.parametrize("mapped", [None, False, 0, ""])
def test_a_track_that_is_no_record_has_the_time_of_its_properties(mapped):
    message = {**TRACK, "context": {"mappedToDestination": mapped}}

    assert timed(message)["timestamp"] == "p"


@pytest.mark.parametrize("mapped", [True, 1, "x", {}])
def test_a_record_keeps_its_time(mapped):
    message = {**TRACK, "context": {"mappedToDestination": mapped}}

    assert timed(message) is message


def test_an_empty_time_gives_way_to_the_next():
    assert timed({**TRACK, "properties": {"timestamp": ""}})["timestamp"] == "t"


def test_a_track_from_a_source_without_any_time_has_none():
    assert timed({"type": "track", "channel": "sources"})["timestamp"] is None


@pytest.mark.parametrize("path", [PROCESSOR, ROUTER])
@pytest.mark.parametrize(
    ("metadata", "destinations", "name"),
    [({}, {}, "undefined"), ({"destinationId": 5}, {}, "5"), ({"destinationId": "d1"}, None, "d1")],
)
def test_a_compact_body_names_the_destination_that_it_lacks(path, metadata, destinations, name):
    body = {"input": [{"message": PERSON, "metadata": metadata}], "destinations": destinations}

    found = call(path, body | {"destType": "custify"}, headers=COMPACT)

    told = {"error": "Internal Server Error", "message": f"no destination found for id {name}"}
    assert (found.status, found.body) == (500, told)
