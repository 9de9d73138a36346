"""What counts as personal data, and which refusals have one reason."""

import json

import pytest

from mock_custify.replay import replay
from mock_custify.replay.fold.observers import looks_of
from mock_custify.replay.fold.reasons import reason_of


@pytest.mark.parametrize(
    "value",
    [
        "1-800-555-0199",
        "+1 (415) 555-2671",
        "(415) 555-2671",
        "415.555.2671",
        "1 415 555 2671",
        "020 7946 0999",
    ],
)
def test_a_phone_number_is_recognised_in_the_forms_of_many_countries(value):
    assert looks_of(value, "contact")[1] == "phone"


@pytest.mark.parametrize(
    "value", ["call +44 20 7946 0999 after six", "tel:+442079460999", "Ada: +1-415-555-2671"]
)
def test_a_phone_number_with_its_country_is_recognised_inside_a_text(value):
    assert looks_of(value, "note")[1] == "phone"


@pytest.mark.parametrize(
    "value",
    [
        "01/02/2026",
        "31.12.2026",
        "1-2-2026 10:30",
        "0.12345678901234",
        "-73.98542812345",
        "192.168.100.200",
        "1+1=2",
    ],
)
def test_dates_and_fractions_are_no_personal_data(value):
    assert looks_of(value, "note")[1] == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "the body is not JSON: unexpected end of escaped utf-16 surrogate pair (byte 105)",
            "the body is not JSON: unexpected end of escaped utf-16 surrogate pair",
        ),
        (
            "the body has 300000 bytes, at most 200000 are accepted",
            "the body has … bytes, at most 200000 are accepted",
        ),
    ],
)
def test_a_reason_has_no_place_and_no_size_of_one_message(text, reason):
    assert reason_of(text) == reason


def test_an_event_field_that_the_state_knows_is_not_new_and_keeps_its_type(tmp_path):
    archive = tmp_path / "a.jsonl"
    track = {"type": "track", "userId": "u1", "event": "Ordered", "properties": {"total": "ten"}}
    archive.write_text(json.dumps({**track, "originalTimestamp": "2026-01-01T00:00:00.000Z"}))
    state = {"people": [{"user_id": "u1"}], "custom_fields": {"events": {"total": "Number"}}}

    (field,) = replay(archive, state=json.dumps(state).encode()).custom_fields

    assert (field.kind, field.type, field.is_new, field.conflicts) == (
        "events",
        "Number",
        False,
        {"String": 1},
    )
