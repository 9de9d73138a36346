"""One of a kind is in the singular, and a call without a message is not called None."""

import logging

import pytest

from mock_custify import MockCustify
from mock_custify.app import create_app
from mock_custify.cli.dataplane_options import deliver_the_rest
from mock_custify.values import counted


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1200, "1,200 people")]
)
def test_a_number_of_things_is_in_words(number, words):
    assert counted(number, "person", "people") == words


def test_the_lines_at_the_end_of_serve_count_one_message(capsys):
    class Plane:
        class dispatcher:  # noqa: N801 - an attribute
            waiting = 1
            inline = False

        def close(self, _timeout):
            return 1

    with pytest.raises(SystemExit):
        deliver_the_rest(Plane(), lasting=True)

    told = capsys.readouterr().err
    assert "delivering 1 message before the end" in told
    assert "1 message could not be delivered" in told


def test_a_limit_of_one_request_says_so():
    with MockCustify() as custify:
        custify.limit_rate(1, 1)
        app = custify.connection.last.app
        headers = {"Authorization": f"Bearer {custify.api_key}"}
        answers = [app.test_client().get("/people/all", headers=headers) for _ in range(2)]

    assert answers[1].json["error"].startswith("the rate limit of 1 request in 1 second is used up")


def test_an_order_of_one_request_says_so():
    headers = {"Authorization": "Bearer key"}
    client = create_app().test_client()
    client.post("/people", json={"user_id": "u1"}, headers=headers)

    answer = client.post("/_mock/verify", json={"order": [{"method": "POST"}]}, headers=headers)

    assert answer.json["message"] == "all 1 request came in this order"


def test_a_refused_call_without_a_message_is_not_called_none(caplog):
    with caplog.at_level(logging.INFO, "mock_custify.traffic"):
        create_app().test_client().post("/v1/batch", json={"batch": []}, auth=("key", ""))

    assert caplog.messages[0].startswith("#1 no message: refused | empty batch payload")
