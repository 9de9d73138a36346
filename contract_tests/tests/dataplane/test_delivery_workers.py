"""A delivery that breaks ends only its own message: the worker goes on with the others."""

from unittest.mock import Mock

import pytest

from custify_transformer import Destination, transform
from mock_custify.dataplane.data_plane import DataPlaneOptions
from mock_custify.dataplane.delivery.job import Job
from mock_custify.dataplane.delivery.retry import RetryPolicy
from mock_custify.workspace import Store
from mock_custify.workspace.messages.deliveries import Delivery
from support.dataplane import KEY, Source, basic, bearer
from support.delivery_cases import CustifyServer, fates, identify

LABEL = "x" * 70
CYRILLIC = "ключ-номер-1"


def test_a_job_that_breaks_is_aborted():
    opened = Store().open(KEY)
    requests = transform(identify("u1"), Destination(KEY))
    job = Job(opened, (opened, ""), Delivery({}, ""), requests)

    wait = job.attempt(Mock(send=Mock(side_effect=RuntimeError)), RetryPolicy())

    text = "the mock failed to deliver the message: its log says why, please report it"
    assert (wait, job.delivery.status, job.delivery.reason) == (None, "aborted", text)


def test_a_message_that_breaks_leaves_the_rest_of_its_batch_alone(monkeypatch):
    source = Source()
    target = source.app.data_plane.dispatcher.target
    send = target.send
    monkeypatch.setattr(
        target, "send", lambda request: 1 / 0 if request.body["user_id"] == "u1" else send(request)
    )

    answer = source.send(identify("u1"), identify("u2"))

    assert answer.status_code == 200
    assert fates(source) == [("u1", "aborted", 1), ("u2", "delivered", 1)]


@pytest.mark.parametrize(("profile", "status"), [("documented", "refused"), ("production", "aborted")])
def test_messages_with_a_key_that_no_header_can_hold_stop_no_worker(profile, status):
    header = {"Authorization": f"Bearer {CYRILLIC}".encode().decode("latin-1")}
    with CustifyServer() as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))
        source.client.put("/_mock/destination", json={"profile": profile}, headers=header)
        for number in range(20):
            source.post("/v1/identify", identify(f"u{number}"), basic(CYRILLIC))
        source.send(identify("last"))
        left = source.app.data_plane.close(60)

    found = source.client.get("/_mock/deliveries", headers=header).json["deliveries"]
    assert [(one["status"], one["code"]) for one in found] == [(status, 400)] * 20
    assert (left, [body["user_id"] for _, _, body in other.asked]) == (0, ["last"])


def test_a_host_name_that_cannot_be_looked_up_stops_no_worker():
    source = Source(options=DataPlaneOptions(deliver_to=f"http://{LABEL}.example"))

    source.send(*(identify(f"u{number}") for number in range(20)))
    left = source.app.data_plane.close(60)

    assert left == 0
    assert {found["status"] for found in source.deliveries()} == {"aborted"}
    assert source.delivery()["reason"].startswith("the request cannot be sent: ")


@pytest.mark.parametrize("place", ["traits", "writeKey", "event"])
def test_no_key_stands_in_a_delivery_wherever_the_message_has_it(place):
    source = Source()
    source.know("u1")
    message = {"type": "track", "userId": "u1", "event": "E", "properties": {"a": [KEY], f"b {KEY}": "x"}}

    source.send({**identify("u1", note=f"the key is {KEY}", **{KEY: 1}), place: KEY}, message)
    source.post("/v1/track", {"event": KEY, "userId": KEY})
    source.client.post("/v1/batch", data=f'{{"key": "{KEY}"', headers=basic())

    text = source.client.get("/_mock/deliveries", headers=bearer()).get_data(as_text=True)
    assert KEY not in text
    assert text.count("[redacted]") > 5


def test_the_key_that_a_message_holds_reaches_custify():
    source = Source()

    source.send(identify("u1", note=KEY))

    assert source.state()["people"][0]["custom_attributes"] == {"note": KEY}
