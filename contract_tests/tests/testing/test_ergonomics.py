"""What makes a test short to write and its failure short to read."""

import pytest
import requests

from mock_custify import MockCustify
from mock_custify.dataplane.delivery.retry import RetryPolicy
from support.clients import API, HEADERS, by_requests

pytest_plugins = ["pytester"]

ADA = {"type": "identify", "userId": "ada"}


def send(url, *messages, key="k"):
    return requests.post(f"{url}/v1/batch", json={"batch": messages}, auth=(key, ""), timeout=5)


def test_the_deliveries_of_a_fake_are_read():
    with MockCustify() as custify:
        send(API, ADA, {"type": "page", "userId": "ada"})

        assert [(one.number, one.status) for one in custify.deliveries] == [(1, "delivered"), (2, "filtered")]
        assert custify.deliveries[1].hint == "Custify accepts only identify, track and group messages"


def test_settle_waits_for_the_retry_of_a_message():
    with MockCustify.serve() as server:
        server.connection.app.data_plane.dispatcher.policy = RetryPolicy(scale=0.01)
        server.fail_next(503, path="/people")
        send(server.url, ADA, key=server.api_key)

        server.settle()

        assert [person.user_id for person in server.people] == ["ada"]
        assert [one.attempts for one in server.deliveries] == [2]


def test_settle_says_what_still_waits():
    with MockCustify() as custify:
        custify.fail_next(503, path="/people", times=99)
        send(API, ADA, key=custify.api_key)

        with pytest.raises(AssertionError, match="message 1 is retrying"):
            custify.settle(timeout=0)


@pytest.mark.parametrize("profile", ["documented", "production"])
def test_the_profile_is_an_argument(profile):
    with MockCustify(profile=profile) as custify:
        send(API, ADA)

        assert custify.deliveries[0].profile == profile


def test_the_profile_of_a_server_is_an_argument():
    with MockCustify.serve(profile="production") as server:
        send(server.url, ADA, key=server.api_key)

        assert server.deliveries[0].profile == "production"


def test_a_profile_that_is_none_is_refused():
    with pytest.raises(ValueError, match="profile must be one of documented, production, not 'prod'"):
        MockCustify(profile="prod")


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: MockCustify(base_ulr="x"),
            "MockCustify() has no option 'base_ulr': did you mean 'base_url'?",
        ),
        (lambda: MockCustify.serve(prot=1), "MockCustify.serve() has no option 'prot': did you mean 'port'?"),
        (
            lambda: MockCustify().fail_next(time=2),
            "MockCustify.fail_next() has no option 'time': did you mean 'times'?",
        ),
        (
            lambda: MockCustify().person(userid="u"),
            "MockCustify.person() has no option 'userid': did you mean 'user_id'?",
        ),
        (
            lambda: MockCustify().verify(qqq=1),
            "MockCustify.verify() has no option 'qqq': it has method, path, query, headers, body,",
        ),
    ],
)
def test_a_misspelled_option_is_named_with_the_one_that_was_meant(call, text):
    with pytest.raises(TypeError) as caught:
        call()

    assert str(caught.value).startswith(text)


def test_start_and_stop_do_without_a_with_block():
    custify = MockCustify().start()
    by_requests("POST", f"{API}/people", json={"user_id": "u1"})
    custify.stop()

    assert len(custify.people) == 1


def test_the_repr_says_where_a_fake_is_and_hides_its_key():
    fake = MockCustify(api_key="secret-key")
    before = repr(fake)
    with fake:
        assert repr(fake) == "<MockCustify answers https://api.custify.com>"

    assert before == "<MockCustify does not answer yet at https://api.custify.com>"


def test_calls_to_this_machine_pass_so_that_other_test_servers_work():
    with MockCustify.serve() as server, MockCustify():
        answer = requests.get(f"{server.url}/health", timeout=5)

    assert answer.status_code == 200


def test_a_refusal_of_another_host_names_the_options_of_pytest():
    with MockCustify(), pytest.raises(requests.ConnectionError, match="custify_allow_other_hosts = true"):
        requests.get("https://other.example", timeout=5)


def test_a_failure_of_the_order_says_what_came_when():
    with MockCustify() as custify:
        for path, body in (("/people", {"user_id": "u1"}), ("/company", {"company_id": "g1"})):
            requests.post(API + path, json=body, headers=HEADERS, timeout=5)

        with pytest.raises(AssertionError) as caught:
            custify.verify(order=[{"path": "/company"}, {"path": "/people"}])

    told = "it came too early, as request 1; the order was: 1 POST /people, 2 POST /company"
    assert told in str(caught.value)


def failing(pytester, code):
    pytester.makepyfile("import requests\n" + code)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider").stdout.str()


def test_a_report_shows_calls_that_no_workspace_took(pytester):
    report = failing(
        pytester,
        """
def test_it(custify):
    requests.get("https://api.custify.com/people/all", timeout=5)
    requests.post("https://api.custify.com/pepole", headers={"Authorization": "Bearer k"}, timeout=5)
    assert custify.people
""",
    )

    assert "GET /people/all -> 401 an API key is required" in report
    assert "POST /pepole -> 404 there is nothing at /pepole" in report


def test_a_report_has_no_nulls_and_only_the_newest_records(pytester):
    report = failing(
        pytester,
        """
def test_it(custify):
    custify.load({"people": [{"user_id": f"u{index}"} for index in range(50)]})
    assert not custify.people
""",
    )

    state = report.partition("custify: state")[2]
    assert "people: 50" in state
    assert ": null" not in state
    assert ('"u49"' in state, '"u3"' in state) == (True, False)


def test_a_report_hides_the_frames_of_the_fake(pytester):
    report = failing(
        pytester,
        """
def test_it(custify):
    custify.verify("POST", "/people")
""",
    )

    assert "expected POST /people" in report
    assert "workspace_handle.py" not in report
