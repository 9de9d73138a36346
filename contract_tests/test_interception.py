"""MockCustify: which calls reach the fake, what happens to the others, and the words of a handle."""

import asyncio
import subprocess
import sys
import time
from urllib.parse import quote

import aiohttp
import httpx
import pytest
import requests

from mock_custify import MockCustify
from mock_custify.reach import ControlError

API = "https://api.custify.com"
HEADERS = {"Authorization": "Bearer any-key"}
OTHER = "https://custify.example/people/all"


def by_requests(method, url, **options):
    """Return the status of a call by requests."""
    return requests.request(method, url, headers=HEADERS, **{"timeout": 5, **options}).status_code  # noqa: S113 - it has one


def by_httpx(method, url, **options):
    """Return the status of a call by httpx."""
    return httpx.request(method, url, headers=HEADERS, **options).status_code


def by_async_httpx(method, url, **options):
    """Return the status of a call by async httpx."""

    async def call():
        async with httpx.AsyncClient() as client:
            return (await client.request(method, url, headers=HEADERS, **options)).status_code

    return asyncio.run(call())


def by_aiohttp(method, url, **options):
    """Return the status of a call by aiohttp."""

    async def call():
        async with (
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.request(method, url, **options) as answer,
        ):
            await answer.read()
            return answer.status

    return asyncio.run(call())


every_client = pytest.mark.parametrize("ask", [by_requests, by_httpx, by_async_httpx, by_aiohttp])


@every_client
def test_a_call_to_custify_reaches_the_fake(ask):
    with MockCustify() as custify:
        status = ask("POST", f"{API}/people", json={"user_id": "u1", "companies": [{"company_id": "c1"}]})

    assert status == 200
    assert custify.person(user_id="u1").companies == ["c1"]


@every_client
def test_a_query_reaches_the_fake(ask):
    with MockCustify() as custify:
        ask("GET", f"{API}/people?email=a%2Bb%40example.com")

    assert custify.requests[0].query == {"email": "a+b@example.com"}


@every_client
def test_a_base_url_of_choice_reaches_the_fake(ask):
    with MockCustify(base_url="http://custify.example:8080/proxy") as custify:
        ask("POST", "http://custify.example:8080/proxy/people", json={"user_id": "u1"})

    assert [call.path for call in custify.requests] == ["/people"]


@every_client
@pytest.mark.parametrize("url", [OTHER, "https://api.custify.com.example/people", "http://api.custify.com/"])
def test_a_call_to_another_host_is_refused(ask, url):
    with (
        MockCustify(),
        pytest.raises((OSError, httpx.ConnectError, aiohttp.ClientError), match=f"GET {url} is refused"),
    ):
        ask("GET", url)


@every_client
def test_a_call_to_another_host_is_let_through_by_choice(ask):
    with MockCustify.serve() as server, MockCustify(allow_other_hosts=True) as custify:
        status = ask("GET", f"{server.url}/people/all")

    assert status == 200
    assert custify.requests == []


@every_client
def test_an_unknown_path_of_custify_is_answered_with_404(ask):
    with MockCustify():
        assert ask("GET", f"{API}/nothing") == 404


@every_client
def test_a_dropped_connection_is_an_error_of_the_client(ask):
    with MockCustify() as custify:
        custify.fail_next(drop=True, times=2)

        with pytest.raises((OSError, httpx.RemoteProtocolError, aiohttp.ClientError)):
            ask("POST", f"{API}/people", json={"user_id": "u1"})

    assert custify.people == []


@pytest.mark.parametrize(
    ("ask", "patience", "error"),
    [
        (by_requests, 0.01, requests.ReadTimeout),
        (by_requests, (1, 0.01), requests.ReadTimeout),
        (by_httpx, 0.01, httpx.ReadTimeout),
        (by_async_httpx, 0.01, httpx.ReadTimeout),
        (by_aiohttp, aiohttp.ClientTimeout(total=0.01), TimeoutError),
    ],
)
def test_a_delay_longer_than_the_client_waits_is_its_timeout(ask, patience, error):
    with MockCustify() as custify:
        custify.fail_next(delay=30)

        with pytest.raises(error):
            ask("GET", f"{API}/people/all", timeout=patience)


@every_client
def test_a_short_delay_is_waited_for(ask):
    with MockCustify() as custify:
        custify.fail_next(delay=0.01)

        assert ask("GET", f"{API}/people/all") == 200


def test_a_body_in_pieces_reaches_the_fake():
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", data=iter([b'{"user_id"', b':"u1"}']))

    assert len(custify.people) == 1


def test_the_clients_are_given_back():
    before = [vars(kind).copy() for kind in (httpx.HTTPTransport, aiohttp.TCPConnector)]

    with MockCustify():
        pass

    assert [vars(kind).copy() for kind in (httpx.HTTPTransport, aiohttp.TCPConnector)] == before


def test_each_use_is_fresh():
    custify = MockCustify()
    with custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u1"})

    with custify:
        assert custify.people == []


def test_one_fake_cannot_be_used_twice_at_once():
    with MockCustify() as custify, pytest.raises(RuntimeError, match="in use already"):
        custify.__enter__()


def test_words_before_the_start_say_what_to_do():
    with pytest.raises(RuntimeError, match="use it as `with MockCustify"):
        _ = MockCustify().people


def test_a_function_is_decorated():
    custify = MockCustify()

    @custify
    def post():
        return by_requests("POST", f"{API}/people", json={"user_id": "u1"})

    assert post() == 200
    assert len(custify.people) == 1


def test_an_async_function_is_decorated():
    @MockCustify()
    async def post():
        async with httpx.AsyncClient() as client:
            return await client.post(f"{API}/people", json={"user_id": "u1"}, headers=HEADERS)

    assert asyncio.run(post()).status_code == 200


def test_a_class_is_not_decorated():
    with pytest.raises(TypeError, match="decorates functions"):
        MockCustify()(type("Test", (), {}))


def test_two_keys_are_two_workspaces():
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u1"})
        requests.get(f"{API}/people/all", headers={"Authorization": "Bearer other"}, timeout=5)

    assert len(custify.people) == 1
    assert custify.with_key("other").people == []


def test_only_the_given_key_is_accepted():
    with MockCustify(api_key="right-key"):
        assert by_requests("GET", f"{API}/people/all") == 401


def test_the_words_of_a_handle_find_what_it_holds():
    with MockCustify() as custify:
        custify.load({"people": [{"user_id": "u1", "email": "a@b.c", "companies": [{"company_id": "c1"}]}],
                      "companies": [{"company_id": "c1"}]})  # fmt: skip
        by_requests("POST", f"{API}/event", json={"name": "login", "email": "a@b.c"})

    assert custify.person(email="a@b.c") == custify.person(user_id="u1")
    assert custify.company(company_id="c1") is not None
    assert custify.memberships == [{"user_id": "u1", "email": "a@b.c", "company_id": "c1"}]
    assert [event.name for event in custify.events(user_id="u1")] == ["login"]
    assert custify.events("logout") == []


def test_a_record_that_is_not_there_is_none():
    with MockCustify() as custify:
        assert (custify.person(user_id="u1"), custify.company(company_id="c1")) == (None, None)


def test_a_word_with_an_unknown_identifier_is_an_error():
    with MockCustify() as custify, pytest.raises(TypeError, match=r"user_id or email or id, not by nothing"):
        custify.person()


def test_the_next_call_fails_and_the_one_after_works():
    with MockCustify() as custify:
        custify.fail_next()

        assert [by_requests("GET", f"{API}/people/all") for _ in range(2)] == [500, 200]


def test_the_rate_limit_and_the_clock_are_set_by_words():
    with MockCustify() as custify:
        custify.move_clock(freeze="2026-01-31")
        custify.limit_rate(1, 10)
        custify.seed_ids(7)

        assert [by_requests("GET", f"{API}/people/all") for _ in range(2)] == [200, 429]


def test_a_mistake_in_a_word_says_what_is_wrong():
    with MockCustify() as custify, pytest.raises(ControlError, match="unknown field `statuss`"):
        custify.fail_next(500, statuss=3)


def test_a_verification_that_fails_names_the_closest_call():
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u2"})

        with pytest.raises(AssertionError, match=r'body\.user_id is "u2", not "u1"'):
            custify.verify("POST", "/people", body={"user_id": "u1"})


def test_a_snapshot_restores_at_the_end_of_its_block():
    with MockCustify() as custify:
        with custify.snapshot():
            by_requests("POST", f"{API}/people", json={"user_id": "u1"})

        assert custify.people == []


def test_a_reset_empties_the_fake():
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u1"})

        custify.reset()

        assert (custify.people, custify.requests) == ([], [])


def test_a_server_has_the_same_words_here_and_elsewhere():
    with MockCustify.serve() as server:
        elsewhere = MockCustify.connect(server.url, server.api_key)
        requests.post(
            f"{server.url}/people",
            json={"user_id": "u1"},
            headers={"Authorization": f"Bearer {server.api_key}"},
            timeout=5,
        )

        assert server.person(user_id="u1") == elsewhere.person(user_id="u1")


def test_a_mistake_is_told_from_elsewhere_too():
    with MockCustify.serve() as server, pytest.raises(ControlError, match="status"):
        MockCustify.connect(server.url).fail_next(5)


def test_importing_the_package_imports_no_client():
    code = (
        "import sys, mock_custify, mock_custify.pytest_plugin;"
        "print({'flask', 'requests', 'httpx', 'aiohttp', 'uvicorn', 'msgspec'} & set(sys.modules))"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert printed.stdout == "set()\n"


def test_a_fake_elsewhere_that_does_not_answer_is_said_so():
    nobody = MockCustify.connect("http://127.0.0.1:9")

    with pytest.raises(ControlError, match=r"no fake answers at http://127\.0\.0\.1:9: "):
        nobody.reset()


@every_client
@pytest.mark.parametrize("base", ["https://api.custify.com:443", "HTTPS://API.Custify.com", f"{API}/"])
def test_a_url_of_custify_is_one_in_any_spelling(ask, base):
    with MockCustify() as custify:
        assert ask("GET", f"{base.rstrip('/')}/people/all") == 200

    assert [call.path for call in custify.requests] == ["/people/all"]


@every_client
def test_a_base_url_with_a_path_stands_before_the_paths_of_custify(ask):
    with MockCustify(base_url="http://custify.example/api/") as custify:
        assert ask("GET", "http://custify.example/api/people/all") == 200

    assert [call.path for call in custify.requests] == ["/people/all"]


@every_client
@pytest.mark.parametrize("url", ["http://custify.example/apis/people", "http://custify.example/people"])
def test_a_path_that_only_begins_like_the_base_url_is_another_host(ask, url):
    with (
        MockCustify(base_url="http://custify.example/api"),
        pytest.raises((OSError, httpx.ConnectError, aiohttp.ClientError), match="is refused: this fake"),
    ):
        ask("GET", url)


@every_client
def test_letters_of_any_script_reach_the_fake_in_path_query_and_body(ask):
    with MockCustify() as custify:
        ask("POST", f"{API}/people", json={"user_id": "ü✓ +%"})
        ask("GET", f"{API}/people/{quote('ü✓ +%', safe='')}", params={"q": "ü&✓ +%"})

    assert custify.person(user_id="ü✓ +%") is not None
    assert (custify.requests[1].path, custify.requests[1].query) == ("/people/ü✓ +%", {"q": "ü&✓ +%"})


def test_an_async_delay_leaves_the_loop_to_others():
    async def both():
        async with httpx.AsyncClient(headers=HEADERS) as client:
            started = time.monotonic()
            await asyncio.gather(*(client.get(f"{API}/people/all") for _ in range(2)))
            return time.monotonic() - started

    with MockCustify() as custify:
        custify.fail_next(delay=1, times=2)

        assert asyncio.run(both()) < 1.9


def test_the_patience_of_a_client_is_how_long_it_reads_not_how_long_it_connects():
    with MockCustify() as custify:
        custify.fail_next(delay=0.02, times=2)

        assert by_httpx("GET", f"{API}/people/all", timeout=httpx.Timeout(5, connect=0.01)) == 200
        assert by_requests("GET", f"{API}/people/all", timeout=(0.01, 5)) == 200


def test_a_long_body_reaches_the_fake_whole_from_any_client():
    body = {"user_id": "u1", "custom_attributes": {"long": "x" * 60_000}}
    with MockCustify() as custify:
        statuses = [
            ask("POST", f"{API}/people", json=body)
            for ask in (by_requests, by_httpx, by_async_httpx, by_aiohttp)
        ]

    assert statuses == [200] * 4
    assert custify.person(user_id="u1").custom_attributes == body["custom_attributes"]


def test_the_clients_are_given_back_after_an_error_too():
    before = [
        vars(kind).copy() for kind in (httpx.HTTPTransport, httpx.AsyncHTTPTransport, aiohttp.TCPConnector)
    ]

    with pytest.raises(ZeroDivisionError), MockCustify():
        _ = 1 / 0

    kinds = (httpx.HTTPTransport, httpx.AsyncHTTPTransport, aiohttp.TCPConnector)
    assert [vars(kind).copy() for kind in kinds] == before


def test_after_a_stop_calls_go_to_the_network_and_what_was_held_can_be_read():
    with MockCustify(base_url="http://127.0.0.1:9") as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u1"})

    with pytest.raises(requests.ConnectionError):
        by_requests("GET", "http://127.0.0.1:9/people/all")
    assert len(custify.people) == 1


def test_of_two_fakes_one_in_the_other_the_inner_one_answers_until_its_end():
    with MockCustify() as outer:
        with MockCustify() as inner:
            by_httpx("POST", f"{API}/people", json={"user_id": "inner"})
        by_httpx("POST", f"{API}/people", json={"user_id": "outer"})

    assert [person.user_id for person in inner.people + outer.people] == ["inner", "outer"]


def test_a_fake_that_is_used_again_has_no_faults_and_no_clock_of_before():
    custify = MockCustify(api_key="key")
    with custify:
        custify.fail_next(times=9)
        custify.move_clock(freeze="2020-01-01")

    with custify:
        answer = requests.post(
            f"{API}/people", json={"user_id": "u1"}, headers={"Authorization": "Bearer key"}, timeout=5
        )

    assert (answer.status_code, answer.json()["created_at"][:4] != "2020") == (200, True)


@pytest.mark.parametrize("effect", [{"headers": {"X-Fault": "yes"}}, {"body": "broken"}, {"delay": 0.01}])
def test_a_next_call_that_fails_without_a_status_keeps_that_of_the_answer(effect):
    with MockCustify() as custify:
        custify.fail_next(**effect)

        assert by_requests("POST", f"{API}/people", json={"user_id": "u1"}) == 200

    assert len(custify.people) == 1


def test_two_handles_of_one_server_have_a_workspace_each():
    with MockCustify.serve() as server:
        one, two = MockCustify.connect(server.url), MockCustify.connect(f"{server.url}/")
        one.load({"people": [{"user_id": "u1"}]})

        assert (len(one.people), two.people, server.people) == (1, [], [])


@pytest.mark.parametrize("name", ["a b", "ü ✓", "50%", "?x#y"])
def test_a_snapshot_may_have_any_name(name):
    with MockCustify() as custify:
        snapshot = custify.snapshot(name)
        custify.load({"people": [{"user_id": "u1"}]})

        snapshot.restore()

    assert custify.people == []


def test_events_are_found_by_each_identifier_of_their_person_and_company():
    with MockCustify() as custify:
        custify.load({"people": [{"user_id": "u1", "email": "a@b.c"}, {"user_id": "u2"}]})
        by_requests("POST", f"{API}/event", json={"name": "by id", "user_id": "u1"})
        by_requests("POST", f"{API}/event", json={"name": "by email", "email": "a@b.c"})
        by_requests("POST", f"{API}/event", json={"name": "other", "user_id": "u2"})

    assert [event.name for event in custify.events(user_id="u1")] == ["by id", "by email"]
    assert [event.name for event in custify.events(email="a@b.c")] == ["by id", "by email"]
    assert custify.events("by id", user_id="u2") == []


def test_the_companies_of_a_person_are_company_ids_in_the_order_of_their_links():
    links = [{"company_id": name} for name in ("z", "a", "m")]
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u1", "companies": links})

    assert custify.person(user_id="u1").companies == ["z", "a", "m"]


def test_a_handle_for_a_server_elsewhere_goes_past_proxies(monkeypatch):
    with MockCustify.serve() as server:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

        assert MockCustify.connect(server.url).people == []


def test_two_keys_in_one_call_are_a_key_that_nobody_has():
    twice = [("Authorization", "Bearer right-key"), ("Authorization", "Bearer right-key")]
    with MockCustify(api_key="right-key"):
        assert httpx.get(f"{API}/people/all", headers=twice[:1]).status_code == 200
        assert httpx.get(f"{API}/people/all", headers=twice).status_code == 401


def test_a_body_that_aiohttp_sends_in_pieces_reaches_the_fake():
    async def pieces():
        yield b'{"user_id"'
        yield b':"u1"}'

    with MockCustify() as custify:
        assert by_aiohttp("POST", f"{API}/people", data=pieces()) == 200

    assert custify.person(user_id="u1") is not None


def test_another_key_shows_its_own_workspace_during_and_after_the_block():
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "first"})
        headers = {"Authorization": "Bearer other"}
        requests.post(f"{API}/people", json={"user_id": "second"}, headers=headers, timeout=5)
        during = custify.with_key("other").people

    assert [person.user_id for person in during] == ["second"]
    assert custify.with_key("other").people == during


def test_a_long_body_in_pieces_reaches_the_fake_whole():
    pieces = [b'{"user_id":"u1","name":"', b"x" * 9_000, b"y" * 9_000, b'"}']
    with MockCustify() as custify:
        assert by_requests("POST", f"{API}/people", data=iter(pieces)) == 200

    assert custify.person(user_id="u1").name == "x" * 9_000 + "y" * 9_000


def test_the_headers_of_an_answer_reach_every_client():
    async def asked():
        async with (
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.get(f"{API}/people/all") as answer,
        ):
            return answer

    with MockCustify() as custify:
        custify.fail_next(headers={"X-Fault": "yes"}, times=3)
        answers = [
            client.get(f"{API}/people/all", headers=HEADERS, timeout=5) for client in (requests, httpx)
        ]
        heads = [answer.headers for answer in answers] + [asyncio.run(asked()).headers]

    wanted = {"X-Fault": "yes", "Content-Type": "application/json"}
    assert [{name: head[name] for name in wanted} for head in heads] == [wanted] * 3


def test_people_companies_and_events_of_a_handle_come_oldest_first():
    with MockCustify() as custify:
        custify.load(
            {
                "people": [{"user_id": one} for one in "zam"],
                "companies": [{"company_id": one} for one in "zam"],
            }
        )
        [by_requests("POST", f"{API}/event", json={"user_id": name, "name": name}) for name in "zam"]

    assert [person.user_id for person in custify.people] == ["z", "a", "m"]
    assert [company.company_id for company in custify.companies] == ["z", "a", "m"]
    assert [event.name for event in custify.events()] == ["z", "a", "m"]


@every_client
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_a_call_to_another_host_is_refused_whatever_its_method(ask, method):
    with (
        MockCustify(),
        pytest.raises((OSError, httpx.ConnectError, aiohttp.ClientError), match=f"{method} .* is refused"),
    ):
        ask(method, OTHER)


def test_as_many_calls_fail_as_are_asked_for():
    with MockCustify() as custify:
        custify.fail_next(503, times=2)

        assert [by_requests("GET", f"{API}/people/all") for _ in range(3)] == [503, 503, 200]
