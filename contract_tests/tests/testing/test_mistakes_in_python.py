"""A mistake in a call from Python says which option or URL was meant, at once."""

import errno

import pytest

from custify_transformer import Destination
from mock_custify import MockCustify
from mock_custify.replay import replay


@pytest.fixture
def custify():
    with MockCustify() as fake:
        yield fake


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda fake: fake.person("u1"), "such as user_id=...: it has user_id, email, id"),
        (lambda fake: fake.company("c1"), "such as company_id=...: it has "),
        (lambda fake: fake.events("Paid", "u1"), "such as user_id=...: it has "),
        (lambda fake: fake.fail_next(503, 2), "such as times=...: it has "),
        (lambda fake: fake.move_clock(60), "such as freeze=...: it has "),
        (lambda fake: fake.person(userid="u1"), "did you mean 'user_id'?"),
    ],
)
def test_a_method_says_which_option_was_meant(custify, call, text):
    with pytest.raises(TypeError) as raised:
        call(custify)

    assert text in str(raised.value)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: MockCustify("https://custify.example"),
            "such as base_url=...: it has ",
        ),
        (lambda: MockCustify.connect("http://127.0.0.1:1", apikey="k"), "did you mean 'api_key'?"),
        (lambda: replay("x", againstprofile="production"), "did you mean 'against_profile'?"),
        (lambda: Destination(apiKey="k"), "Destination() has no option 'apiKey': did you mean 'api_key'?"),
        (lambda: Destination(api_key="k", sendAnonymousId=True), "did you mean 'send_anonymous_id'?"),
    ],
)
def test_a_function_says_which_option_was_meant(call, text):
    with pytest.raises(TypeError) as raised:
        call()

    assert text in str(raised.value)


def test_a_destination_still_takes_its_key_without_a_name():
    assert Destination("k").authorization == "Bearer k"


@pytest.mark.parametrize(
    "call",
    [
        lambda: MockCustify.connect("127.0.0.1:8765"),
        lambda: MockCustify.connect("localhost:8765"),
        lambda: MockCustify(base_url="custify.example"),
        lambda: MockCustify(base_url=["https://custify.example", "custify.example"]),
        lambda: MockCustify(base_url="ftp://custify.example"),
    ],
)
def test_what_is_not_a_url_is_refused_at_once(call):
    with pytest.raises(ValueError, match="is not a URL: give one with http:// or https://"):
        call()


def test_a_used_port_is_named_with_what_to_do():
    with MockCustify.serve() as server:
        port = int(server.url.rpartition(":")[2])

        with pytest.raises(OSError, match=f"port {port}: .*: stop the other server, or use port=0") as raised:
            MockCustify.serve(port=port)

    assert raised.value.errno == errno.EADDRINUSE
