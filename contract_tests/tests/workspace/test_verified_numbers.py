"""A verification compares values as JSON does: one kind of number, and no number is true."""

import pytest

from mock_custify import create_app

HEADERS = {"Authorization": "Bearer k", "Content-Type": "application/json"}


def verified(sent, expected):
    client = create_app().test_client()
    client.post("/people", data=f'{{"user_id":"u1","custom_attributes":{{"x":{sent}}}}}', headers=HEADERS)
    body = f'{{"path":"/people","body":{{"custom_attributes":{{"x":{expected}}}}}}}'
    return client.post("/_mock/verify", data=body, headers=HEADERS).json["ok"]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("1", "1.0"),
        ("1.0", "1"),
        ("100", "1e2"),
        ("0", "-0.0"),
        ("[1, [2.0]]", "[1.0, [2]]"),
        ('[{"a": 1, "b": 2}]', '[{"b": 2.0, "a": 1.0}]'),
        ("12345678901234567890", "12345678901234567890"),
        ("true", "true"),
        ("null", "null"),
    ],
)
def test_equal_values_fit(sent, expected):
    assert verified(sent, expected)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("true", "1"),
        ("1", "true"),
        ("[true]", "[1.0]"),
        ('[{"a": 0}]', '[{"a": false}]'),
        ("1", "1.5"),
        ("1", '"1"'),
        ("[1]", "[1, 2]"),
        ('[{"a": 1}]', '[{"a": 1, "b": 2}]'),
        ("null", "0"),
        ("9007199254740993", "9007199254740992"),
    ],
)
def test_different_values_do_not(sent, expected):
    assert not verified(sent, expected)
