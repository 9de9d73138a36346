"""The name of the deduplication field: text or a number; anything else is no field."""

import pytest

from custify_transformer import Destination, transform

ODD_KEYS = {"undefined": "u", "null": "n", "true": "t", "a,b": "l", "[object Object]": "o", " ": "b", "": "e"}
TRACK = {
    "type": "track",
    "userId": "u1",
    "event": "Paid",
    "timestamp": "2026-01-31T12:00:00.000Z",
    "messageId": "m1",
    **ODD_KEYS,
    "order": {"id": "o1"},
    "properties": {"5": "five", "1.5": "dotted", "order.id": "literal", "Code": "c1"},
}
MISSING = object()


def deduplication_id(field):
    config = {"apiKey": "k", "enablededuplication": True}
    config |= {} if field is MISSING else {"deduplicationField": field}
    (request,) = transform(TRACK, Destination.from_config(config))
    return request.body["deduplication_id"]


@pytest.mark.parametrize("field", [MISSING, None, True, ["a", "b"], {"a": 1}, " ", ""])
def test_a_setting_that_names_no_field_leaves_the_message_id(field):
    assert deduplication_id(field) == "m1"


@pytest.mark.parametrize(("field", "found"), [(5, "five"), (5.0, "five"), (1.5, "dotted"), ("5", "five")])
def test_a_number_names_the_field_that_it_prints_as(field, found):
    assert deduplication_id(field) == found


@pytest.mark.parametrize(("field", "found"), [("Code", "c1"), ("code", "m1"), (" Code ", "m1")])
def test_the_name_of_the_field_is_neither_trimmed_nor_lower_cased(field, found):
    assert deduplication_id(field) == found


def test_a_path_is_followed_in_the_message_before_a_property_whose_name_has_a_dot():
    assert deduplication_id("order.id") == "o1"
