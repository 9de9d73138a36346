"""What the service does to an event before it is transformed: settings, timestamps, compact form."""

from copy import deepcopy

import pytest

from custify_transformer.service import resolve_config, set_source_timestamp
from support.service import PERSON, PROCESSOR, ROUTER, call, entries, event, write

COMPACT = {"x-content-format": "json+compactedv1"}
IDENTIFY_TIMES = ["context.timestamp", "context.traits.timestamp", "traits.timestamp"]
SENT_TIMES = ["timestamp", "originalTimestamp"]
TIMES = [("identify", [*IDENTIFY_TIMES, *SENT_TIMES][at:]) for at in range(5)]
TIMES += [("track", ["properties.timestamp", *SENT_TIMES][at:]) for at in range(3)]
TRACK = {"type": "track", "channel": "sources", "properties": {"timestamp": "p"}, "timestamp": "t"}


@pytest.mark.parametrize(
    ("traits", "path", "key"), [({"a.b": "DYN"}, "a.b", "DYN"), ({"a": ["DYN"]}, "a.0", "DYN")]
)
def test_a_setting_from_where_no_member_can_be_taken_out_leaves_the_event_as_it_is(traits, path, key):
    destination = {"Config": {"apiKey": "{{ message.context." + path + " || x }}"}}

    (entry,) = entries(event({**PERSON, "context": traits}, destination=destination))

    assert entry["output"]["headers"]["Authorization"] == f"Bearer {key}"


@pytest.mark.parametrize(
    ("given", "printed"), [(False, "false"), (0, "0"), ("", ""), (None, "d"), ({"a": 1}, "[object Object]")]
)
def test_a_template_takes_any_value_but_null(given, printed):
    destination = {"Config": {"apiKey": "{{ event.context.key || d }}"}}

    (entry,) = entries(event({**PERSON, "context": {"key": given}}, destination=destination))

    assert entry["output"]["headers"]["Authorization"] == f"Bearer {printed}"


def test_the_default_of_a_template_has_no_double_quotes():
    destination = {"Config": {"apiKey": '{{ event.context.key || "a"b" }}'}}

    (entry,) = entries(event(PERSON, destination=destination))

    assert entry["output"]["headers"]["Authorization"] == "Bearer ab"


@pytest.mark.parametrize("dynamic", [None, 0, "", True, "false"])
def test_settings_are_dynamic_unless_it_is_exactly_denied(dynamic):
    destination = {"hasDynamicConfig": dynamic, "Config": {"apiKey": "{{ event.context.key || d }}"}}

    (entry,) = entries(event(PERSON, destination=destination))

    assert entry["output"]["headers"]["Authorization"] == "Bearer d"


def test_templates_are_filled_in_wherever_they_stand_in_the_settings():
    templates = {"list": ["{{ event.traits.a || x }}", {"deep": "{{ event.traits.b || y }}"}], "n": 1}
    message = {**PERSON, "traits": {"a": "A", "b": "B", "c": "C"}}

    found = resolve_config({"message": message, "destination": {"Config": templates}})

    assert found["destination"]["Config"] == {"list": ["A", {"deep": "B"}], "n": 1}
    assert found["message"]["traits"] == {"c": "C"}


def test_two_templates_may_take_the_same_value():
    templates = dict.fromkeys(("one", "other"), "{{ event.traits.a || x }}")

    found = resolve_config({"message": {"traits": {"a": "A"}}, "destination": {"Config": templates}})

    assert found == {"message": {"traits": {}}, "destination": {"Config": {"one": "A", "other": "A"}}}


def test_what_came_in_stays_as_it_was_when_a_template_takes_from_it():
    given = {"message": {"traits": {"a": "A"}}, "destination": {"Config": {"k": "{{ event.traits.a || x }}"}}}
    before = deepcopy(given)

    resolve_config(given)

    assert given == before


@pytest.mark.parametrize(("kind", "places"), TIMES)
def test_the_first_time_of_a_source_that_has_a_value_is_the_messages(kind, places):
    message = {"type": kind, "channel": "sources", "context": {"traits": {}}, "traits": {}, "properties": {}}
    [write(message, place, place) for place in places]

    assert set_source_timestamp(message)["timestamp"] == places[0]


@pytest.mark.parametrize("time", [0, False])
def test_a_time_of_zero_ends_the_search(time):
    assert set_source_timestamp({**TRACK, "properties": {"timestamp": time}})["timestamp"] is time


@pytest.mark.parametrize(
    "other", [{"type": "Track"}, {"type": " track"}, {"type": "group"}, {"channel": "Sources"}]
)
def test_a_message_of_another_spelling_type_or_channel_keeps_its_time(other):
    message = {**TRACK, "context": {"timestamp": "c"}, **other}

    assert set_source_timestamp(message) == message


@pytest.mark.parametrize("mapped", [None, False, 0, ""])
def test_a_track_that_is_no_record_has_the_time_of_its_properties(mapped):
    message = {**TRACK, "context": {"mappedToDestination": mapped}}

    assert set_source_timestamp(message)["timestamp"] == "p"


@pytest.mark.parametrize("mapped", [True, 1, "x", {}])
def test_a_record_keeps_its_time(mapped):
    message = {**TRACK, "context": {"mappedToDestination": mapped}}

    assert set_source_timestamp(message) is message


def test_an_empty_time_gives_way_to_the_next():
    assert set_source_timestamp({**TRACK, "properties": {"timestamp": ""}})["timestamp"] == "t"


def test_a_track_from_a_source_without_any_time_has_none():
    assert set_source_timestamp({"type": "track", "channel": "sources"})["timestamp"] is None


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
