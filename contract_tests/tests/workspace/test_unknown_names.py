"""A control call refuses a parameter or a field that it does not have, and names those that it has."""

import pytest

from mock_custify import create_app

HEADERS = {"Authorization": "Bearer KEY"}


@pytest.fixture(scope="module")
def client():
    return create_app().test_client()


@pytest.mark.parametrize(
    ("method", "path", "names"),
    [
        ("GET", "/_mock/requests?limt=5", "did you mean 'limit'? The parameters are method, path,"),
        (
            "GET",
            "/_mock/deliveries?user_id=u1",
            "did you mean 'userId'? The parameters are userId, anonymousId, messageId,",
        ),
        ("GET", "/_mock/state?limit=5", "this call has no parameters"),
        ("POST", "/_mock/reset?hard=true", "this call has no parameters"),
        ("DELETE", "/_mock/faults?number=1", "this call has no parameters"),
        ("DELETE", "/_mock/workspace?key=other", "this call has no parameters"),
        ("GET", "/_mock/ui/api/people?sorted=email", "did you mean 'sort'? The parameters are "),
    ],
)
def test_an_unknown_parameter_of_a_control_call_is_refused(client, method, path, names):
    answer = client.open(path, method=method, headers=HEADERS)

    name = path.partition("?")[2].partition("=")[0]
    assert answer.status_code == 400
    assert answer.json["error"].startswith(f"query: {name} is not a known parameter: {names}")


def test_a_refused_control_call_changes_nothing(client):
    client.post("/people", json={"user_id": "u1"}, headers=HEADERS)

    client.delete("/_mock/state?only=people", headers=HEADERS)

    assert client.get("/people?user_id=u1", headers=HEADERS).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/_mock/reset"), ("DELETE", "/_mock/state"), ("PUT", "/_mock/snapshots/a")],
)
def test_a_body_of_a_control_call_that_has_none_is_refused(client, method, path):
    answer = client.open(path, method=method, json={"only": "people"}, headers=HEADERS)

    assert (answer.status_code, answer.json["error"]) == (
        400,
        "this call has no body: its fields would be ignored",
    )


@pytest.mark.parametrize("body", [b"", b"{}", b" null\n"])
def test_an_empty_body_of_a_control_call_is_accepted(client, body):
    answer = client.post("/_mock/reset", data=body, headers={**HEADERS, "Content-Type": "application/json"})

    assert answer.status_code == 200


def test_a_state_with_an_unknown_list_is_refused_and_changes_nothing(client):
    client.post("/people", json={"user_id": "u1"}, headers=HEADERS)

    answer = client.put("/_mock/state", json={"peple": []}, headers=HEADERS)

    assert answer.status_code == 400
    assert answer.json["error"].startswith(
        "peple is not a known field: did you mean 'people'? The fields are custom_fields, users,"
    )
    assert client.get("/people?user_id=u1", headers=HEADERS).status_code == 200


def test_an_unknown_parameter_of_a_call_of_the_vendor_is_ignored(client):
    client.post("/people?dry_run=true", json={"user_id": "u1"}, headers=HEADERS)

    answer = client.get("/people?user_id=u1&limt=5", headers=HEADERS)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "text"),
    [
        (
            "PUT",
            "/_mock/clock",
            {"freez": True},
            "freez is not a known field: did you mean 'freeze'? The fields are freeze, set, advance",
        ),
        (
            "PUT",
            "/_mock/requests",
            {"sise": 5},
            "sise is not a known field: did you mean 'size'? The fields are size",
        ),
        (
            "PUT",
            "/_mock/faults",
            {"faults": [{"status": 500}, {"status": 500, "time": 2}]},
            (
                "faults[1].time is not a known field: did you mean 'times'? The fields are method, path,"
                " status, headers, body, delay, drop, after_write, nth, times, probability, seed"
            ),
        ),
    ],
)
def test_an_unknown_field_of_a_control_call_is_refused(client, method, path, body, text):
    answer = client.open(path, method=method, json=body, headers=HEADERS)

    assert (answer.status_code, answer.json["error"]) == (400, text)
