"""What `verify` costs when much is expected: the expectation is prepared once, and each look ends early."""

from mock_custify.control import differences
from support.api import Api

CALLS = 20


def filled():
    """Return a client whose journal has some calls."""
    api = Api()
    for number in range(CALLS):
        api.post("/people", {"user_id": f"u{number}", "tags": {"a": 1}})
    return api


def test_a_large_value_is_encoded_once_for_all_calls(monkeypatch):
    api, encoded = filled(), []
    as_json = differences.as_json
    monkeypatch.setattr(differences, "as_json", lambda value: encoded.append(value) or as_json(value))
    large = list(range(1000))

    answer = api.post("/_mock/verify", {"body": {"user_id": large}})

    assert (answer["ok"], encoded.count(large)) == (False, 1)


def test_no_more_than_a_hundred_differences_are_looked_for_in_a_call(monkeypatch):
    api, compared = filled(), []
    find = differences.ExpectedPart.differences
    monkeypatch.setattr(
        differences.ExpectedPart, "differences", lambda part, actual: compared.append(1) or find(part, actual)
    )

    answer = api.post("/_mock/verify", {"body": {f"m{number}": 1 for number in range(5000)}})

    assert len(answer["differences"]) == 100
    assert len(compared) < CALLS * 2 * 110


def test_a_long_name_is_shortened_in_a_difference():
    answer = filled().post("/_mock/verify", {"body": {"x" * 100_000: 1}})

    assert [len(text) < 1000 for text in answer["differences"]] == [True]
