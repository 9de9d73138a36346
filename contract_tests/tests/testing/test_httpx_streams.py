"""httpx in process: answers, streams, hooks and transports behave as on a socket."""

import asyncio
import gzip
from datetime import timedelta

import httpx
import pytest

from mock_custify import MockCustify
from support.clients import API, HEADERS

URL = f"{API}/people/all"


def test_an_answer_says_how_long_it_took():
    with MockCustify():
        assert isinstance(httpx.get(URL, headers=HEADERS).elapsed, timedelta)


def test_an_async_answer_says_how_long_it_took():
    async def asked():
        async with httpx.AsyncClient() as client:
            return (await client.get(URL, headers=HEADERS)).elapsed

    with MockCustify():
        assert isinstance(asyncio.run(asked()), timedelta)


def test_a_stream_that_was_read_says_how_long_it_took():
    with MockCustify(), httpx.stream("GET", URL, headers=HEADERS) as answer:
        with pytest.raises(RuntimeError):
            _ = answer.elapsed
        answer.read()

        assert isinstance(answer.elapsed, timedelta)


def test_a_response_hook_reads_the_answer_and_its_time():
    seen = []

    def hook(answer):
        answer.read()
        seen.append(answer.elapsed)

    with MockCustify(), httpx.Client(event_hooks={"response": [hook]}) as client:
        client.get(URL, headers=HEADERS)

    assert isinstance(seen[0], timedelta)


def test_a_response_hook_that_does_not_read_meets_an_unread_answer():
    def hook(answer):
        _ = answer.content

    with (
        MockCustify(),
        httpx.Client(event_hooks={"response": [hook]}) as client,
        pytest.raises(httpx.ResponseNotRead),
    ):
        client.get(URL, headers=HEADERS)


@pytest.mark.parametrize("way", ["iter_raw", "iter_bytes", "iter_text", "iter_lines"])
def test_a_stream_is_read_once(way):
    with MockCustify(), httpx.stream("GET", URL, headers=HEADERS) as answer:
        parts = list(getattr(answer, way)())

        assert "people" in str(parts)
        assert answer.num_bytes_downloaded == int(answer.headers["Content-Length"])
        with pytest.raises(httpx.StreamConsumed):
            list(getattr(answer, way)())


@pytest.mark.parametrize("way", ["aiter_raw", "aiter_bytes", "aiter_text", "aiter_lines"])
def test_an_async_stream_is_read_once(way):
    async def asked():
        async with httpx.AsyncClient() as client, client.stream("GET", URL, headers=HEADERS) as answer:
            parts = [part async for part in getattr(answer, way)()]
            with pytest.raises(httpx.StreamConsumed):
                _ = [part async for part in getattr(answer, way)()]
            return parts

    with MockCustify():
        assert "people" in str(asyncio.run(asked()))


def test_an_unread_stream_has_no_content():
    with (
        MockCustify(),
        httpx.stream("GET", URL, headers=HEADERS) as answer,
        pytest.raises(httpx.ResponseNotRead),
    ):
        _ = answer.content


def test_a_closed_stream_cannot_be_read():
    with MockCustify():
        with httpx.stream("GET", URL, headers=HEADERS) as answer:
            pass
        with pytest.raises(httpx.StreamClosed):
            answer.read()


def test_an_answer_in_gzip_is_raw_in_iter_raw_and_plain_elsewhere():
    with MockCustify() as custify:
        custify.fail_next(200, headers={"Content-Encoding": "identity"}, times=1)
        with httpx.stream("GET", URL, headers=HEADERS) as answer:
            raw = b"".join(answer.iter_raw())
        packed = httpx.Response(
            200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(gzip.compress(raw))
        )

    assert packed.read() == raw


def test_a_basic_auth_flow_and_a_client_with_a_base_url_reach_the_fake():
    class Key(httpx.Auth):
        def auth_flow(self, request):
            answer = yield request
            request.headers["Authorization"] = f"Bearer after-{answer.status_code}"
            yield request

    with MockCustify() as custify, httpx.Client(base_url=API, auth=Key()) as client:
        status = client.get("/people/all").status_code

    assert status == 200
    assert custify.with_key("after-401") is not None


def test_transports_and_mounts_of_the_user_reach_the_fake():
    mounts = {"https://": httpx.HTTPTransport(retries=2)}
    with MockCustify(), httpx.Client(mounts=mounts, transport=httpx.HTTPTransport()) as client:
        assert client.get(URL, headers=HEADERS).status_code == 200


def test_a_proxy_in_the_environment_is_not_asked(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with MockCustify():
        assert httpx.get(URL, headers=HEADERS).status_code == 200


def test_the_version_and_the_reason_are_those_of_http():
    with MockCustify():
        answer = httpx.get(URL, headers=HEADERS)

    assert (answer.http_version, answer.reason_phrase) == ("HTTP/1.1", "OK")


def test_an_async_delay_ends_where_the_time_of_the_loop_stands_still(monkeypatch):
    async def asked():
        async with httpx.AsyncClient() as client:
            return (await client.get(URL, headers=HEADERS)).status_code

    with MockCustify() as custify:
        custify.fail_next(delay=0.01)
        monkeypatch.setattr("time.monotonic", lambda: 1e9)

        assert asyncio.run(asked()) == 200
