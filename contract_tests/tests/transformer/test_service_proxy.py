"""POST /v0/destinations/custify/proxy: the request it sends, and its complete responses."""

import pytest

from custify_transformer import HttpRequest
from custify_transformer.service import UpstreamResponse
from support.service import PROCESSOR, SERVER, CustifyStub, call

PEOPLE = "https://api.custify.com/people"
SENT = {"User-Agent": "RudderLabs"}
DELIVERY = {"errorCategory": "network", **SERVER, "feature": "dataDelivery"}
FAILED = "[Generic Response Handler] Request failed for destination custify with status:"


def proxied(built, custify=None):
    """Return the answer to a built request."""
    return call(f"{PROCESSOR}/proxy", built, custify)


@pytest.mark.parametrize(
    ("built", "sent"),
    [
        (
            {
                "method": "put",
                "headers": {"a": "b"},
                "params": {"c": "d", "f": 0},
                "body": {"JSON": {"e": 1}},
            },
            HttpRequest("PUT", PEOPLE, {"a": "b"} | SENT, {"c": "d", "f": 0}, {"e": 1}),
        ),
        ({}, HttpRequest("POST", PEOPLE, SENT, {}, None)),
        (
            {"method": "", "headers": 5, "params": "x", "body": "text"},
            HttpRequest("POST", PEOPLE, SENT, {}, None),
        ),
        ({"body": {"JSON": {}}}, HttpRequest("POST", PEOPLE, SENT, {}, None)),
        ({"headers": {"User-Agent": "other"}}, HttpRequest("POST", PEOPLE, SENT, {}, None)),
    ],
)
def test_a_built_request_is_sent_as_far_as_it_makes_sense(built, sent):
    custify = CustifyStub()

    proxied({"endpoint": PEOPLE, **built}, custify)

    assert custify.seen == [sent]


def test_a_delivered_request_is_answered_with_what_custify_said():
    found = proxied({"endpoint": PEOPLE}, CustifyStub(UpstreamResponse(201, {"id": 1}, {"x": "y"})))

    assert (found.status, found.headers) == (200, {"apiVersion": "2"})
    assert found.body == {
        "output": {
            "status": 201,
            "message": "[Generic Response Handler] Request for destination: custify Processed Successfully",
            "destinationResponse": {"response": {"id": 1}, "status": 201, "headers": {"x": "y"}},
        }
    }


@pytest.mark.parametrize(
    ("reply", "status", "output_status", "response", "kind"),
    [
        (UpstreamResponse(404, "no"), 400, 404, "no", "aborted"),
        (UpstreamResponse(429, {"e": 1}), 429, 429, {"e": 1}, "throttled"),
        (
            UpstreamResponse(0, code="ECONNREFUSED"),
            500,
            500,
            '"[ECONNREFUSED] :: Connection refused"',
            "retryable",
        ),
        (UpstreamResponse(0, code="EODD"), 400, 400, '"[EODD]"', "aborted"),
    ],
)
def test_a_failed_request_is_answered_with_why(reply, status, output_status, response, kind):
    found = proxied({"endpoint": PEOPLE}, CustifyStub(reply))

    assert (found.status, found.headers) == (status, {"apiVersion": "2"})
    assert found.body["output"] == {
        "status": output_status,
        "message": f"{FAILED} {output_status}",
        "destinationResponse": {"response": response, "status": output_status, "headers": {}},
        "statTags": DELIVERY | {"errorType": kind},
    }


@pytest.mark.parametrize("built", [{}, {"endpoint": 5}, [1]])
def test_a_request_without_an_endpoint_is_refused_and_not_sent(built):
    custify = CustifyStub()

    found = proxied(built, custify)

    told = {"error": "Internal Server Error", "message": "endpoint of the request is missing"}
    assert (found.status, found.body, custify.seen) == (500, told, [])
