"""requests in process: urllib3's retries, streams, proxies and adapters behave as on a socket."""

from datetime import timedelta

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from mock_custify import MockCustify
from support.clients import API, HEADERS

URL = f"{API}/people/all"


def session_with(retry, adapter=HTTPAdapter):
    session = requests.Session()
    session.headers.update(HEADERS)
    session.mount("https://", adapter(max_retries=retry))
    return session


def retries(total=3, **options):
    return Retry(total=total, status_forcelist=[429, 503], allowed_methods=None, **options)


def test_a_dropped_connection_is_tried_again():
    with MockCustify() as custify:
        custify.fail_next(drop=True)

        assert session_with(retries()).post(f"{API}/people", json={"user_id": "u1"}).status_code == 200

    assert len(custify.requests) == 2


def test_a_delay_longer_than_the_timeout_is_tried_again():
    with MockCustify() as custify:
        custify.fail_next(delay=30)

        assert session_with(retries()).get(URL, timeout=1).status_code == 200


def test_retries_that_are_used_up_raise_what_requests_raises():
    with MockCustify() as custify:
        custify.fail_next(503, times=9)

        with pytest.raises(requests.exceptions.RetryError):
            session_with(retries(2)).get(URL)

    assert len(custify.requests) == 3


def test_a_rate_limit_is_waited_for_by_the_frozen_clock():
    with MockCustify(api_key="any-key") as custify:
        custify.move_clock(freeze="2026-01-01T00:00:00Z")
        custify.limit_rate(1, 5)
        session = session_with(retries())
        statuses = [session.get(URL).status_code for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert [call.status for call in custify.requests] == [200, 429, 200, 429, 200]


def test_waits_of_the_back_off_move_a_frozen_clock(monkeypatch):
    monkeypatch.setattr("mock_custify.testing.interception.intercepted_app.sleep", pytest.fail)
    with MockCustify(api_key="any-key") as custify:
        custify.move_clock(freeze="2026-01-01T00:00:00Z")
        custify.fail_next(503, times=3)
        session_with(retries(backoff_factor=10)).get(URL)

    assert [call.at[:19] for call in custify.requests] == [
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:20",
        "2026-01-01T00:01:00",
    ]


def test_waits_take_real_time_where_the_clock_runs(monkeypatch):
    waited = []
    monkeypatch.setattr("mock_custify.testing.interception.intercepted_app.sleep", waited.append)
    with MockCustify() as custify:
        custify.fail_next(503, headers={"Retry-After": "7"})
        session_with(retries()).get(URL)

    assert waited == [7]


def test_a_rule_for_retries_of_the_user_stays_what_it_is():
    seen = []

    class Mine(Retry):
        def increment(self, *args, **kwargs):
            seen.append(len(self.history))
            return super().increment(*args, **kwargs)

    with MockCustify() as custify:
        custify.fail_next(drop=True, times=2)
        session_with(Mine(3, allowed_methods=None)).get(URL)

    assert seen == [0, 1]


def test_a_stream_is_read_in_pieces_and_once():
    with MockCustify():
        answer = requests.get(URL, headers=HEADERS, stream=True, timeout=5)
        pieces = list(answer.iter_content(7))

        assert [len(piece) for piece in pieces[:-1]] == [7] * (len(pieces) - 1)
        assert isinstance(answer.elapsed, timedelta)
        with pytest.raises(requests.exceptions.StreamConsumedError):
            list(answer.iter_content(7))


def test_the_raw_answer_is_read_as_from_a_socket():
    with MockCustify():
        answer = requests.get(URL, headers=HEADERS, stream=True, timeout=5)

        assert answer.raw.read(1) == b"["
        assert answer.raw.version == 11
        assert len(answer.raw.read()) == int(answer.headers["Content-Length"]) - 1


def test_a_redirect_is_followed_and_in_the_history():
    with MockCustify() as custify:
        custify.fail_next(302, headers={"Location": "/company/all", "Set-Cookie": "a=b"})
        session = session_with(0)
        answer = session.get(URL)

    assert [step.status_code for step in answer.history] == [302]
    assert answer.url == f"{API}/company/all"
    assert session.cookies.get_dict() == {"a": "b"}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_is_not_asked(scheme):
    proxies = {"http": "http://127.0.0.1:9", "https": "http://127.0.0.1:9"}
    with MockCustify(base_url=f"{scheme}://custify.example/x") as custify:
        answer = requests.get(
            f"{scheme}://custify.example/x/people/all", headers=HEADERS, proxies=proxies, timeout=5
        )

    assert answer.status_code == 200
    assert [call.path for call in custify.requests] == ["/people/all"]


def test_an_adapter_that_connects_in_its_own_way_reaches_the_fake():
    class Adapter(HTTPAdapter):
        def get_connection_with_tls_context(self, *_args, **_kwargs):
            pytest.fail("the network would be reached")

    with MockCustify():
        answer = session_with(0, Adapter).get(URL)

    assert answer.status_code == 200
    assert isinstance(answer.connection, Adapter)


def test_a_generator_and_a_form_of_files_are_sent_as_on_a_socket():
    with MockCustify() as custify:
        requests.post(f"{API}/people", data=iter([b'{"user_id"', b':"u1"}']), headers=HEADERS, timeout=5)
        requests.post(
            f"{API}/people", data=b'{"user_id":"u2"}', headers={**HEADERS, "Upgrade": "h2c"}, timeout=5
        )

    assert [person.user_id for person in custify.people] == ["u1", "u2"]
