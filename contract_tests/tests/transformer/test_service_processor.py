"""POST /v0/destinations/custify: complete results for refused events and for a missing destination."""

import pytest

from custify_transformer.service.processor import transform_events
from support.service import GROUP, PERSON, PROCESSOR, CustifyStub, call, event

REFUSED = {"statusCode": 500, "statTags": {"errorCategory": "transformation"}}


@pytest.mark.parametrize(
    ("without", "missing"),
    [({"message": PERSON}, "undefined"), ({"message": PERSON, "destination": None}, "null")],
)
def test_an_event_without_destination_fails_all_in_the_words_of_the_first_such(without, missing):
    found = call(PROCESSOR, [event(PERSON), without, {"destination": None}])

    error = {"error": f"Cannot read properties of {missing} (reading 'Config')"}
    assert (found.status, found.headers) == (200, {"apiVersion": "2"})
    assert found.body == [{"metadata": {"jobId": 1}, **REFUSED, **error}, *[REFUSED | error] * 2]


def test_a_body_is_no_compact_one_unless_it_is_said_to_be():
    found = transform_events([event(PERSON)], CustifyStub(), "production")

    assert [entry["statusCode"] for entry in found.body] == [200]


def test_metadata_of_null_are_answered_as_null():
    found = call(PROCESSOR, [event(PERSON, metadata=None), event({}, metadata=None)])

    assert [entry["metadata"] for entry in found.body] == [None, None]


def test_each_event_has_the_settings_beside_it_although_their_destinations_are_one_by_id():
    destinations = [{"ID": "d1", "Config": {"apiKey": key}} for key in ("a", "b")]

    found = call(PROCESSOR, [event(PERSON, destination=destination) for destination in destinations])

    keys = [entry["output"]["headers"]["Authorization"] for entry in found.body]
    assert keys == ["Bearer a", "Bearer b"]


def test_entries_come_in_the_order_of_their_events():
    numbered = [event(message, metadata={"jobId": at}) for at, message in enumerate([GROUP, {}, PERSON])]

    found = call(PROCESSOR, numbered)

    assert [entry["metadata"]["jobId"] for entry in found.body] == [0, 1, 2]


def test_the_companies_of_groups_are_asked_for_in_the_order_of_their_events():
    custify = CustifyStub()

    call(PROCESSOR, [event({**GROUP, "groupId": name}) for name in ("z", "a", "m")], custify)

    assert [request.body["company_id"] for request in custify.seen] == ["z", "a", "m"]
