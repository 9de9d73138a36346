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
        assert len(server.reach.app.store.workspaces) >= 8
