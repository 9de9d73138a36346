"""A call of the Custify API that no message of the data plane made is shown as such."""

import pytest

from mock_custify import create_app

HEADERS = {"Authorization": "Bearer KEY"}
SENT = {**HEADERS, "User-Agent": "RudderLabs"}  # as `mock-custify send` and RudderStack itself do


@pytest.fixture
def client():
    return create_app().test_client()


def test_the_timeline_of_a_person_has_the_calls_of_rudderstack_and_of_send(client):
    person = client.post("/people", json={"user_id": "u1"}, headers=SENT).json

    answer = client.get(f"/_mock/ui/api/people/{person['id']}", headers=HEADERS)

    assert [row["target"] for row in answer.json["timeline"]["rows"]] == ["/people"]


def test_the_timeline_has_the_message_and_not_also_its_call(client):
    client.post("/v1/identify", json={"userId": "u1"}, auth=("KEY", ""))
    person = client.get("/people?user_id=u1", headers=HEADERS).json[0]["people"][0]

    answer = client.get(f"/_mock/ui/api/people/{person['id']}", headers=HEADERS)

    assert [row["kind"] for row in answer.json["timeline"]["rows"]] == ["message"]


def test_a_refused_call_of_send_is_a_notice(client):
    client.post("/people", json={}, headers=SENT)

    answer = client.get("/_mock/ui/api/deliveries", headers=HEADERS)

    assert answer.json["notices"]["refused"] == 1


def test_the_conclusion_names_the_reason_of_a_dropped_event_once(client):
    client.post("/v1/track", json={"userId": "q", "event": "B"}, auth=("KEY", ""))

    parts = client.get("/_mock/ui/api/deliveries/1", headers=HEADERS).json["conclusion"]

    text = "".join(part if isinstance(part, str) else part["name"] for part in parts)
    assert text == (
        "Dropped the event B. Then the message was aborted: "
        "Custify answered 404: there is no person with user_id 'q'."
    )
