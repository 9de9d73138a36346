"""Delivery to another Custify, and what is still under way when a server ends."""

import signal
import subprocess
import sys
from unittest.mock import MagicMock, Mock

import pytest
import requests

from custify_transformer import Destination, HttpRequest, transform
from mock_custify.dataplane.data_plane import DataPlaneOptions
from mock_custify.dataplane.delivery.http_target import HttpTarget
from mock_custify.dataplane.delivery.job import Job
from mock_custify.dataplane.delivery.retry import RetryPolicy
from mock_custify.dataplane.delivery.targets import DeliveryResponse
from mock_custify.workspace import Store
from mock_custify.workspace.messages.deliveries import Delivery
from support.dataplane import KEY, Source, basic
from support.delivery_cases import LATE, SOON, CustifyServer, break_people, fates, identify


def job_of(message):
    opened = Store().open(KEY)
    requests = transform(message, Destination(KEY))
    return Job(opened, (opened, ""), Delivery(message, ""), requests)


def test_messages_go_to_another_custify():
    with CustifyServer() as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))

        source.send(identify("u1"))
        source.app.data_plane.close(60)

    path, headers, body = other.asked[0]
    assert (path, body["user_id"]) == ("/people", "u1")
    assert (headers["Authorization"], headers["User-Agent"]) == (f"Bearer {KEY}", "RudderLabs")


def test_another_custify_may_have_a_key_of_its_own():
    with CustifyServer() as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))
        source.configure(Config={"apiKey": "another-key"})

        source.send(identify("u1"))
        source.app.data_plane.close(60)

    assert other.asked[0][1]["Authorization"] == "Bearer another-key"


def test_another_custify_gets_the_messages_of_a_person_in_order_while_one_is_repeated():
    options = DataPlaneOptions(retry=RetryPolicy(scale=0.001))

    with CustifyServer(503, 429) as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url, retry=options.retry))
        source.send(*(identify("u1", n=number) for number in range(20)))
        left = source.app.data_plane.close(60)

    numbers = [body["custom_attributes"]["n"] for _, _, body in other.asked]
    assert left == 0
    assert numbers == [0, 0, *range(20)]


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_answer_of_success_delivers_a_message(status):
    job = job_of(identify("u1"))

    wait = job.attempt(Mock(send=lambda _request: DeliveryResponse(status)), RetryPolicy())

    assert (wait, job.delivery.status) == (None, "delivered")


@pytest.mark.parametrize("kind", ["identify", "group"])
def test_a_redirect_of_another_custify_is_final(kind):
    with CustifyServer(302) as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))
        source.send({"type": kind, "userId": "u1", "groupId": "g1"})
        source.app.data_plane.close(60)

    assert fates(source) == [("u1", "aborted", 1)]
    assert len(other.asked) == 1


def test_another_custify_may_stand_under_a_path():
    with CustifyServer() as other:
        source = Source(options=DataPlaneOptions(deliver_to=f"{other.url}/custify/"))
        source.send(identify("u1"))
        source.app.data_plane.close(60)

    assert other.asked[0][0] == "/custify/people"


def test_another_custify_is_asked_straight_and_not_by_way_of_a_proxy(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    with CustifyServer() as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))
        source.send(identify("u1"))
        source.app.data_plane.close(60)

    assert fates(source) == [("u1", "delivered", 1)]


@pytest.mark.parametrize(("body", "sent"), [({}, None), ({"a": 1}, b'{"a":1}')])
def test_another_custify_has_ten_seconds_to_answer_and_gets_no_empty_body(monkeypatch, body, sent):
    target, connection = HttpTarget("http://other"), MagicMock()
    monkeypatch.setattr(HttpTarget, "connection", lambda _target: connection)

    target.send(HttpRequest("POST", "https://api.custify.com/event", {}, {}, body))

    assert (target.timeout, connection.request.call_args.args[2]) == (10, sent)


def test_what_cannot_be_delivered_in_time_is_counted():
    source = Source(options=DataPlaneOptions(deliver_to="http://127.0.0.1:9"))
    source.send(identify("u1"), identify("u1"))

    left = source.app.data_plane.close(0.05)

    assert left == 2


def test_what_fails_again_while_the_server_ends_is_tried_again_soon():
    source = Source(options=LATE)
    break_people(source, 503, times=2)
    source.send(identify("u1"))

    left = source.app.data_plane.close(60)

    assert (left, fates(source)) == (0, [("u1", "delivered", 3)])


def test_a_closed_dispatcher_ends_its_threads():
    source = Source(options=SOON)
    break_people(source, 429, times=1)
    source.send(identify("u1"))

    source.app.data_plane.close(60)
    threads = source.app.data_plane.dispatcher.threads
    [thread.join(60) for thread in threads]

    assert [thread.is_alive() for thread in threads] == [False]


def test_what_is_left_behind_is_not_tried_any_more():
    source = Source(options=DataPlaneOptions(deliver_to="http://127.0.0.1:9"))
    source.send(identify("u1"))

    source.app.data_plane.close(0.05)
    threads = source.app.data_plane.dispatcher.threads
    [thread.join(60) for thread in threads]

    assert [thread.is_alive() for thread in threads] == [False] * 8


def test_everything_accepted_is_delivered_before_the_server_ends():
    command = [sys.executable, "-m", "mock_custify", "serve", "--port", "0", "--deliver-to"]

    with (
        CustifyServer(503, 503) as other,
        subprocess.Popen([*command, other.url], stdout=subprocess.PIPE, text=True) as served,
    ):
        url = served.stdout.readline().split()[-1]
        batch = {"batch": [identify("u1", n=number) for number in range(200)]}
        answer = requests.post(f"{url}/v1/batch", json=batch, headers=basic(), timeout=60)
        served.send_signal(signal.SIGTERM)
        status = served.wait(60)

    assert (answer.text, status) == ("ok", 0)
    assert [body["custom_attributes"]["n"] for _, _, body in other.asked][2:] == list(range(200))
