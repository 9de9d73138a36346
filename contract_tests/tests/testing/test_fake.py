"""The methods of MockCustify: they read the workspace, change it, and work in all three places of a fake."""

import asyncio

import httpx
import pytest
import requests

from mock_custify import MockCustify
from mock_custify.testing.remote_fake import ControlError
from support.clients import API, HEADERS, by_requests

MOMENT = {"created_at": "2026-05-01T00:00:00.000Z"}


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
        by_requests("POST", f"{API}/event", json={"name": "login", "email": "a@b.c", **MOMENT})

    assert custify.person(email="a@b.c") == custify.person(user_id="u1")
    assert custify.company(company_id="c1") is not None
    assert custify.memberships == [{"user_id": "u1", "email": "a@b.c", "company_id": "c1"}]
    assert [event.name for event in custify.events(user_id="u1")] == ["login"]
    assert custify.events("logout") == []


def test_a_record_that_is_not_there_is_none():
    with MockCustify() as custify:
        assert (custify.person(user_id="u1"), custify.company(company_id="c1")) == (None, None)


def test_a_person_without_an_identifier_is_an_error():
    with (
        MockCustify() as custify,
        pytest.raises(TypeError, match=r"give user_id or email or id to find the record"),
    ):
        custify.person()


def test_the_next_call_fails_and_the_one_after_works():
    with MockCustify() as custify:
        custify.fail_next()

        assert [by_requests("GET", f"{API}/people/all") for _ in range(2)] == [500, 200]


def test_the_rate_limit_and_the_clock_are_set_by_methods():
    with MockCustify() as custify:
        custify.move_clock(freeze="2026-01-31")
        custify.limit_rate(1, 10)
        custify.seed_ids(7)

        assert [by_requests("GET", f"{API}/people/all") for _ in range(2)] == [200, 429]


def test_a_wrong_value_says_what_is_wrong():
    with MockCustify() as custify, pytest.raises(ControlError, match="status"):
        custify.fail_next(5)


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


def test_a_fake_elsewhere_that_does_not_answer_is_said_so():
    nobody = MockCustify.connect("http://127.0.0.1:9")

    with pytest.raises(ControlError, match=r"no fake answers at http://127\.0\.0\.1:9: "):
        nobody.reset()


def test_after_a_stop_calls_go_to_the_network_and_what_was_held_can_be_read():
    with MockCustify(base_url="http://127.0.0.1:9") as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u1"})

    with pytest.raises(requests.ConnectionError):
        by_requests("GET", "http://127.0.0.1:9/people/all")
    assert len(custify.people) == 1


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
        by_requests("POST", f"{API}/event", json={"name": "by id", "user_id": "u1", **MOMENT})
        by_requests("POST", f"{API}/event", json={"name": "by email", "email": "a@b.c", **MOMENT})
        by_requests("POST", f"{API}/event", json={"name": "other", "user_id": "u2", **MOMENT})

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


def test_another_key_shows_its_own_workspace_during_and_after_the_block():
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", json={"user_id": "first"})
        headers = {"Authorization": "Bearer other"}
        requests.post(f"{API}/people", json={"user_id": "second"}, headers=headers, timeout=5)
        during = custify.with_key("other").people

    assert [person.user_id for person in during] == ["second"]
    assert custify.with_key("other").people == during


def test_people_companies_and_events_of_a_handle_come_oldest_first():
    with MockCustify() as custify:
        custify.load(
            {
                "people": [{"user_id": one} for one in "zam"],
                "companies": [{"company_id": one} for one in "zam"],
            }
        )
        for name in "zam":
            by_requests("POST", f"{API}/event", json={"user_id": name, "name": name, **MOMENT})

    assert [person.user_id for person in custify.people] == ["z", "a", "m"]
    assert [company.company_id for company in custify.companies] == ["z", "a", "m"]
    assert [event.name for event in custify.events()] == ["z", "a", "m"]


def test_as_many_calls_fail_as_are_asked_for():
    with MockCustify() as custify:
        custify.fail_next(503, times=2)

        assert [by_requests("GET", f"{API}/people/all") for _ in range(3)] == [503, 503, 200]
