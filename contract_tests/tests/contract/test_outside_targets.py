"""External targets: the key stays secret, numbers stay numbers, failures are repeated on the same target."""

import shlex

import pytest

from custify_contract.law import BrokenLawError, Case, Trial
from custify_contract.laws import get_law
from custify_contract.run import run_law, runner
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.failure_report import failure_report
from custify_contract.run.known_divergences import known_divergences
from custify_contract.run.repeat_commands import RepeatCommands, query_of
from custify_contract.run.runner import Targets
from custify_contract.run.transformer_answer import in_short
from custify_contract.targets import MessageRefusedError, custify_call
from mock_custify.app import create_app
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store

KEY = "secret-key-of-the-account"
DOCUMENTED = "/v0/destinations/custify?profile=documented"
EXAMPLE = {"type": "group", "userId": "u1", "groupId": "g1"}
VISIBLE = (
    "identify.updates",
    "identify.user-id-places",
    "group.numeric-ids",
    "group.company.size.edges",
    "group.derived-id",
    "group.company-then-person",
    "association.exists.no-no",
    "message.envelope",
    "example.company-headers",
    "example.ids-keep-their-type",
    "refused.any-key",
)


@pytest.fixture(scope="module")
def url():
    server = ServerThread(create_app(Store([KEY])))
    yield server.url
    server.stop()


@pytest.fixture
def targets(url):
    found = Targets(ExternalTransformer(url + DOCUMENTED, KEY), ExternalCustify(url, KEY, 0.2))
    yield found
    found.custify.close()


@pytest.mark.parametrize("law", VISIBLE)
def test_our_own_rules_over_http_keep_every_law(law, targets):
    result = run_law(get_law(law), targets, 15)

    targets.custify.close()
    assert (result.broken, targets.custify.left) == ("", [])


def test_the_examples_are_sent_with_the_key_of_the_run(targets):
    (request,) = targets.transformer.transform(EXAMPLE, {"apiKey": "k"})

    assert request.headers["Authorization"] == "Bearer k"
    assert targets.custify.read_company("g1")
    targets.custify.companies["g1"] = 0


def test_a_key_that_cannot_be_sent_stays_as_it_is(targets):
    with pytest.raises(MessageRefusedError, match="apiKey"):
        targets.transformer.transform(EXAMPLE, {"apiKey": " "})


def test_no_request_and_no_report_has_the_key_of_the_account(url, monkeypatch):
    monkeypatch.setattr(runner, "SHRINK_SECONDS", 0)
    outside = Targets(ExternalTransformer(url, KEY), ExternalCustify(url, KEY, 0))

    result = run_law(get_law("group.user-id-places"), outside, 30)

    outside.custify.close()
    report = failure_report(result, known_divergences(result))
    assert result.outcome == "broken"
    assert KEY not in report.text() + report.screen() + result.broken


def test_a_failure_is_repeated_on_the_same_transformer(url, monkeypatch):
    monkeypatch.setattr(runner, "SHRINK_SECONDS", 0)
    outside = Targets(ExternalTransformer(url, KEY), ExternalCustify(url, KEY, 0))
    result = run_law(get_law("group.user-id-places"), outside, 30)
    outside.custify.close()

    lines = RepeatCommands(result.law, 0, 30, result.trial).curl_lines()

    (call,) = (line for line in lines if "/v0/destinations/custify" in line)
    assert f"{url}/v0/destinations/custify" in shlex.split(call)
    assert '"apiKey": "KEY"' in call
    assert "mock-custify send broken.jsonl" not in failure_report(result).text()


def test_a_long_error_is_cut():
    assert in_short("x" * 9000) == "x" * 300 + "..."
    assert in_short("short") == "short"


@pytest.mark.parametrize("value", [77, 0, 1.5, 42])
def test_a_numeric_id_stays_a_number_and_its_text_is_the_same_number(value):
    custify = ExternalCustify("http://127.0.0.1:9", KEY)
    custify.reset()

    number, text = (
        custify.rename({"userId": value})["userId"],
        custify.rename({"userId": str(value)})["userId"],
    )

    assert (type(number), text) == (type(value), str(number))
    assert custify.rename({"userId": number}) == {"userId": number}
    assert 10**8 <= number < 2**31


@pytest.mark.parametrize("value", [True, " ", None, [], float("inf")])
def test_a_value_that_is_no_id_stays_as_it_is(value):
    custify = ExternalCustify("http://127.0.0.1:9", KEY)

    assert custify.rename({"userId": value}) == {"userId": value}


def test_query_parameters_in_curl_commands_are_encoded():
    request = custify_call("DELETE", "/people", email="a+b&c=ü @example.com")

    assert query_of(request) == "?email=a%2Bb%26c%3D%C3%BC+%40example.com"


def test_an_answer_with_the_key_is_shown_without_it(url):
    trial = Trial(ExternalTransformer(url, KEY), ExternalCustify(url, KEY, 0), Case())

    response = trial.call("POST", "/people", {"user_id": f"mc {KEY}", "session_count": KEY})

    assert KEY not in str(response.body)


def test_a_company_that_custify_refuses_is_refused_rightly(targets):
    message = {**EXAMPLE, "traits": {"name": False}}

    targets.run_case(get_law("group.company.name.edges"), Case((message,)))


def test_a_group_that_is_refused_for_no_reason_breaks_the_law(url):
    class Refusing(ExternalTransformer):
        def transform(self, *_):
            raise MessageRefusedError("no")

    outside = Targets(Refusing(url, KEY), ExternalCustify(url, KEY, 0))

    with pytest.raises(BrokenLawError, match="the message was refused: no"):
        outside.run_case(get_law("group.company.name.edges"), Case(({**EXAMPLE, "traits": {"name": "A"}},)))
    outside.custify.close()
