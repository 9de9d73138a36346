"""pytest and httpx: the same fixture, and a snapshot that is restored."""

import httpx

HEADERS = {"Authorization": "Bearer any-key"}


def test_a_deletion_is_undone_by_the_snapshot(custify):
    custify.load({"people": [{"user_id": "u1"}]})

    with custify.snapshot():
        httpx.delete("https://api.custify.com/people", params={"user_id": "u1"}, headers=HEADERS)
        gone = custify.person(user_id="u1")

    assert gone is None
    assert custify.person(user_id="u1") is not None
