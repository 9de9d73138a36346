"""The fields of events keep their types when a state is taken out and put back."""


def event(**metadata):
    return {
        "name": "Ordered",
        "user_id": "u1",
        "created_at": "2026-01-01T00:00:00.000Z",
        "metadata": metadata,
    }


def test_the_types_of_event_fields_come_back_with_a_state(api):
    state = {"custom_fields": {"events": {"total": "Number"}}, "people": [{"user_id": "u1"}]}

    api.put("/_mock/state", {**state, "events": [event(total="ten")]})

    assert api.get("/_mock/state")["custom_fields"]["events"] == {"total": "Number"}


def test_the_metadata_of_events_in_a_state_becomes_fields(api):
    api.put("/_mock/state", {"people": [{"user_id": "u1"}], "events": [event(total=10)]})

    assert api.get("/_mock/state")["custom_fields"]["events"] == {"total": "Number"}


def test_an_event_of_nobody_in_a_state_makes_no_fields(api):
    api.put("/_mock/state", {"events": [event(total=10)]})

    assert api.get("/_mock/state")["custom_fields"]["events"] == {}
