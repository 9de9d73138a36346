"""One bad answer of an external transformer breaks a law; one that answers nothing stops the run."""

import json

import pytest

from custify_contract.laws import get_law
from custify_contract.run import run_law, run_laws
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.failure_report import failure_report
from custify_contract.run.runner import Targets
from custify_contract.run.transformer_answer import AnswerMistakeError, request_in
from custify_contract.targets import CannotRunError
from support.sandbox import KEY
from support.transformer_server import transformer_server

LAW = "identify.odd-traits"  # its messages are not sent
MADE = {"method": "POST", "endpoint": "https://api.custify.com/people", "headers": {}, "params": {}}
BUILT = {**MADE, "body": {"JSON": {"user_id": "u1"}}}


def result_with(answer, url, law_id="identify.user-id-places"):
    """Return the result of a law if a message of each case gets a bad answer."""

    def bad_for_identify(message, usual):
        return answer if "mc" in str(message.get("userId")) else (200, usual())

    with transformer_server(bad_for_identify) as server:
        targets = Targets(ExternalTransformer(server.url, KEY), ExternalCustify(url, KEY, 0))
        result = run_law(get_law(law_id), targets, 20)
        targets.custify.close()
    return result


def test_a_closed_connection_breaks_the_law(url):
    result = result_with(None, url)

    assert result.broken == "the transformer closed the connection without an answer to this message"


def test_a_failure_of_the_server_breaks_the_law(url):
    result = result_with((500, "Internal Server Error"), url)

    assert result.broken == (
        "the transformer answered 500 'Internal Server Error' to this message: the body is not JSON"
    )


def test_the_report_shows_the_message_without_an_answer(url):
    result = result_with(None, url)

    assert '"type": "identify"' in failure_report(result).screen().partition("what was sent")[2]


def test_a_delivered_message_without_an_answer_breaks_the_law(url):
    result = result_with(None, url, "identify.updates")

    assert "closed the connection" in result.broken


def test_the_run_goes_on_after_a_bad_answer(url):
    def bad_for_groups(message, usual):
        return None if message["type"] == "group" else (200, usual())

    with transformer_server(bad_for_groups) as server:
        targets = Targets(ExternalTransformer(server.url, KEY), ExternalCustify(url, KEY, 0))
        laws = [get_law("group.name"), get_law("identify.name")]
        outcomes = [one.outcome for one in run_laws(laws, targets, 2)]

    assert outcomes == ["broken", "holds"]


def test_a_transformer_that_closes_every_connection_stops_the_run(url):
    with (
        transformer_server(lambda *_: None) as server,
        pytest.raises(CannotRunError, match="does not answer: is the server running there"),
    ):
        run_law(get_law(LAW), Targets(ExternalTransformer(server.url, KEY), ExternalCustify(url, KEY)), 2)


def test_a_server_that_ends_in_the_middle_stops_the_run():
    with transformer_server(lambda _, usual: (200, usual())) as server:
        transformer = ExternalTransformer(server.url, KEY)
        transformer.transform({"type": "identify", "userId": "u1"}, {"apiKey": KEY})

    with pytest.raises(CannotRunError, match="does not answer: is the server running there"):
        transformer.transform({"type": "identify", "userId": "u1"}, {"apiKey": KEY})


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ({"output": BUILT}, "the body is not a JSON array"),
        ([], "[0] is missing"),
        ([None], "[0] is null; expected an object"),
        ([{"output": BUILT}], "[0].statusCode is missing"),
        ([{"statusCode": "200"}], "[0].statusCode is a text; expected a whole number"),
        ([{"statusCode": 200}], "[0].output is missing"),
        ([{"statusCode": 200, "output": [BUILT]}], "[0].output is a list; expected an object"),
        ([{"statusCode": 200, "output": MADE}], "[0].output.body is missing"),
        ([{"statusCode": 200, "output": {**MADE, "body": {}}}], "[0].output.body.JSON is missing"),
        ([{"statusCode": 200, "output": {"body": {"JSON": {}}}}], "[0].output.method is missing"),
    ],
)
def test_the_first_mistake_of_a_processor_answer_is_named(answer, mistake):
    with pytest.raises(AnswerMistakeError) as raised:
        request_in(json.dumps(answer), is_router=False)

    assert str(raised.value) == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ([BUILT], "the body is not a JSON object"),
        ({}, "output is missing"),
        ({"output": {}}, "output is an object; expected a list"),
        ({"output": [{"statusCode": 200, "output": BUILT}]}, "output[0].batchedRequest is missing"),
    ],
)
def test_the_first_mistake_of_a_router_answer_is_named(answer, mistake):
    with pytest.raises(AnswerMistakeError) as raised:
        request_in(json.dumps(answer), is_router=True)

    assert str(raised.value) == mistake
