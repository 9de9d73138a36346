"""@MockCustify() on every kind of function: inside of the fake, or refused with a clear text."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier

import pytest

from mock_custify import MockCustify
from support.clients import API, by_httpx, by_requests

CUSTIFY = MockCustify()


def post(name):
    return by_requests("POST", f"{API}/people", json={"user_id": name})


def names(custify):
    return [person.user_id for person in custify.people]


def test_one_function_in_two_threads_at_once_has_two_fakes():
    barrier = Barrier(2, timeout=60)

    @CUSTIFY
    def run(name):
        barrier.wait()
        post(name)
        barrier.wait()
        return names(CUSTIFY)

    with ThreadPoolExecutor(2) as pool:
        for _ in range(6):
            assert list(pool.map(run, ["a", "b"])) == [["a"], ["b"]]


def test_a_function_that_calls_itself_has_a_fake_for_each_call():
    custify = MockCustify()

    @custify
    def run(depth):
        post(f"u{depth}")
        inner = run(depth - 1) if depth else []
        return [*inner, names(custify)]

    assert run(2) == [["u0"], ["u1"], ["u2"]]
    assert names(custify) == ["u2"]


def test_a_generator_is_inside_until_its_end():
    @MockCustify()
    def run():
        yield post("u1")
        received = yield post("u2")
        yield received

    generator = run()

    assert [next(generator), next(generator), generator.send("sent")] == [200, 200, "sent"]
    generator.close()


def test_an_async_generator_is_inside_until_its_end():
    thrown = []

    @MockCustify()
    async def run():
        received = yield post("u1")
        try:
            yield received
        except KeyError:
            thrown.append(True)
        yield post("u2")

    async def asked():
        generator = run()
        values = [await anext(generator), await generator.asend("sent"), await generator.athrow(KeyError)]
        await generator.aclose()
        return values

    assert asyncio.run(asked()) == [200, "sent", 200]
    assert thrown == [True]


@pytest.fixture
@CUSTIFY
def decorated_fixture():
    """Return a status from inside of the fake."""
    status = by_httpx("GET", f"{API}/people/all")
    yield status
    assert by_httpx("GET", f"{API}/people/all") == status


def test_a_fixture_is_inside_during_the_test(decorated_fixture):
    assert decorated_fixture == 200
    assert by_requests("GET", f"{API}/people/all") == 200


def test_the_decorator_above_a_fixture_is_refused():
    fixture = pytest.fixture(lambda: None)

    with pytest.raises(TypeError, match=r"write @MockCustify\(\) below the other decorator"):
        MockCustify()(fixture)


@pytest.mark.parametrize("wrapped", [staticmethod(post), classmethod(post), property(post), 5, "text"])
def test_what_is_no_function_is_refused(wrapped):
    with pytest.raises(TypeError, match="MockCustify cannot decorate"):
        MockCustify()(wrapped)


def test_the_decorator_above_a_context_manager_is_refused():
    @contextmanager
    def managed():
        yield

    with pytest.raises(TypeError, match="below the other decorator"):
        MockCustify()(managed)


def test_a_function_that_returns_a_coroutine_is_refused_at_the_call():
    async def later():
        return None

    with pytest.raises(TypeError, match="returns a coroutine, which would run after the end"):
        MockCustify()(lambda: [later()][0])()


def test_a_partial_of_an_async_function_is_inside():
    async def asked(name):
        return post(name)

    assert asyncio.run(MockCustify()(partial(asked, "u1"))()) == 200
