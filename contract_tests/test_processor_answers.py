"""The processor's entries, whole: what an event that was refused, or came without a destination, is told."""

import pytest

from contract_tests.test_transformer_server import PERSON, PROCESSOR, Custify, call, event
from transformer.processor import transform_events

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
    found = transform_events([event(PERSON)], Custify(), "reference")

    assert [entry["statusCode"] for entry in found.body] == [200]
