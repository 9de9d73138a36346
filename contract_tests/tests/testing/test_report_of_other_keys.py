"""The report of a failed test says how many requests came under another key."""

import pytest
from testing.test_pytest_plugin import run

pytest_plugins = ["pytester"]

TOLD = "*{}: requests under another key: {}*"
URL = {"custify": "'https://api.custify.com'", "custify_server": "custify_server.url"}
KEY = {"custify": "'first-key'", "custify_server": "custify_server.api_key"}


@pytest.mark.parametrize("fixture", URL)
def test_a_failure_counts_the_requests_under_another_key(pytester, fixture):
    code = f"""
def test_it({fixture}):
    post({URL[fixture]}, {KEY[fixture]})
    post({URL[fixture]}, "other-key")
    post({URL[fixture]}, "third-key")
    assert False
"""
    result = run(pytester, code)

    result.stdout.fnmatch_lines([TOLD.format(fixture, 2)])


@pytest.mark.parametrize("fixture", URL)
def test_a_failure_with_one_key_has_no_such_part(pytester, fixture):
    code = f"""
def test_it({fixture}):
    post({URL[fixture]}, {KEY[fixture]})
    assert False
"""
    result = run(pytester, code)

    result.stdout.no_fnmatch_line("*under another key*")


def test_the_first_key_that_was_used_is_no_other_key(pytester):
    result = run(
        pytester, "def test_it(custify):\n    post('https://api.custify.com', 'first')\n    assert 0\n"
    )

    result.stdout.no_fnmatch_line("*under another key*")


def test_the_requests_of_an_earlier_test_are_not_counted(pytester):
    code = """
def test_first(custify_server):
    post(custify_server.url, "other-key")

def test_second(custify_server):
    assert False
"""
    result = run(pytester, code)

    result.stdout.no_fnmatch_line("*under another key*")


def test_messages_under_another_key_are_counted(pytester):
    code = """
def test_it(custify_server):
    message = {"type": "page", "userId": "u1"}
    requests.post(custify_server.url + "/v1/batch", json={"batch": [message]}, auth=("other", ""), timeout=5)
    assert False
"""
    result = run(pytester, code)

    result.stdout.fnmatch_lines(["*custify_server: messages under another key: 1*"])
