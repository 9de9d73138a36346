"""The pytest plugin, in runs of pytest inside of this one."""

import pytest

from mock_custify import MockCustify

pytest_plugins = ["pytester"]

POST = """
import requests

def post(url, key="any-key"):
    headers = {"Authorization": f"Bearer {key}"}
    return requests.post(url + "/people", json={"user_id": "u1"}, headers=headers, timeout=5)
"""


def run(pytester, code, *options):
    """Return the result of a run over one test file."""
    pytester.makepyfile(POST + code)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", *options)


def test_each_test_has_a_fresh_fake(pytester):
    result = run(
        pytester,
        """
import pytest

@pytest.mark.parametrize("turn", [1, 2])
def test_it(custify, turn):
    post("https://api.custify.com")
    assert len(custify.requests) == 1
""",
    )

    result.assert_outcomes(passed=2)


def test_each_test_has_a_workspace_of_its_own_on_the_server(pytester):
    result = run(
        pytester,
        """
import pytest

@pytest.mark.parametrize("turn", [1, 2])
def test_it(custify_server, turn):
    post(custify_server.url, custify_server.api_key)
    assert len(custify_server.requests) == 1
""",
    )

    result.assert_outcomes(passed=2)


def test_a_test_can_have_several_servers(pytester):
    result = run(
        pytester,
        """
def test_it(make_custify_server):
    one, two = make_custify_server(), make_custify_server()
    post(one.url, one.api_key)
    assert (len(one.people), len(two.people)) == (1, 0)
    assert one.url != two.url
""",
    )

    result.assert_outcomes(passed=1)


def test_a_failure_shows_what_the_fake_was_asked_and_held(pytester):
    result = run(
        pytester,
        """
def test_it(custify):
    post("https://api.custify.com")
    assert custify.person(user_id="u2")
""",
    )

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*custify: requests*", '1. POST /people -> 200 {"user_id": "u1"}'])
    result.stdout.fnmatch_lines(["*custify: state*", '*"user_id": "u1"*'])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (
            "custify_base_url = http://custify.example",
            "def test_it(custify):\n    assert post('http://custify.example').ok\n",
        ),
        (
            "custify_seed = seed.json",
            "def test_it(custify, custify_server):\n    assert custify.people and custify_server.people\n",
        ),
    ],
)
def test_options_stand_in_the_configuration(pytester, options, code):
    pytester.makefile(".json", seed='{"people": [{"user_id": "u9"}]}')
    pytester.makeini(f"[pytest]\n{options}")

    run(pytester, code).assert_outcomes(passed=1)


def test_tests_share_a_running_server_without_meeting(pytester):
    code = """
import pytest

@pytest.mark.parametrize("turn", range(8))
def test_it(custify_server, turn):
    post(custify_server.url, custify_server.api_key)
    assert [len(custify_server.people), len(custify_server.requests)] == [1, 1]
"""
    with MockCustify.serve() as server:
        result = run(pytester, code, "--custify-url", server.url)

        result.assert_outcomes(passed=8)
        assert server.connection.app.store.workspaces == {}


def test_every_server_starts_from_the_seed_file_unless_it_is_given_another(pytester):
    pytester.makefile(".json", seed='{"people": [{"user_id": "u9"}]}', other='{"people": []}')
    pytester.makeini("[pytest]\ncustify_seed = seed.json")

    result = run(
        pytester,
        """
def test_it(make_custify_server):
    assert make_custify_server().people
    assert not make_custify_server(seed="other.json").people
""",
    )

    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("allowed", ["true", "false"])
def test_calls_to_other_hosts_are_let_through_as_the_configuration_says(pytester, allowed):
    pytester.makeini(f"[pytest]\ncustify_allow_other_hosts = {allowed}")

    result = run(pytester, "def test_it(custify):\n    post('http://other.invalid')\n")

    refused = "custify_allow_other_hosts = true" in result.stdout.str()
    assert refused == (allowed == "false")


def test_the_server_on_the_command_line_goes_before_that_of_the_configuration(pytester):
    with MockCustify.serve() as server:
        pytester.makeini("[pytest]\ncustify_url = http://127.0.0.1:9")

        code = f"def test_it(custify_server):\n    assert custify_server.url == '{server.url}'\n"
        result = run(pytester, code, "--custify-url", server.url)

    result.assert_outcomes(passed=1)


def test_a_failure_shows_the_newest_requests_and_how_many_older_ones_there_were(pytester):
    code = """
def test_it(custify):
    [post("https://api.custify.com") for _ in range(25)]
    assert not custify.people
"""
    result = run(pytester, code)

    result.stdout.fnmatch_lines(["... 5 older requests", "6. POST /people*", "25. POST /people*"])
    result.stdout.no_fnmatch_line("5. POST /people*")


def test_a_test_that_passes_reports_nothing_of_its_fake(pytester):
    result = run(pytester, "def test_it(custify):\n    post('https://api.custify.com')\n", "-rP")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*custify: requests*")


def test_a_failure_shows_the_faults_that_did_not_fire(pytester):
    code = """
def test_it(custify):
    custify.fail_next(503, path="/peple")
    custify.fail_next(503, path="/people")
    assert post("https://api.custify.com").ok
"""
    result = run(pytester, code)

    result.stdout.fnmatch_lines(
        [
            "*custify: faults that were not applied*",
            '{"path": "/peple", "status": 503, "times": 1}: 0 calls match it',
        ]
    )
    result.stdout.no_fnmatch_line('{"path": "/people", "status": 503*')


def test_a_failure_shows_the_workspace_of_the_test_and_no_shared_one(pytester):
    code = """
def test_it(custify_server):
    post(custify_server.url, custify_server.api_key)
    assert not custify_server.people
"""
    result = run(pytester, code)

    result.stdout.fnmatch_lines(["*custify_server: requests*"])
    result.stdout.no_fnmatch_line("*custify_shared_server: *")
