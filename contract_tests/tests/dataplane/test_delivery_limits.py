"""What one workspace takes of the deliveries, and that it takes nothing from another one."""

from threading import Thread

import pytest

from mock_custify.limits import Limits
from mock_custify.workspace.messages.deliveries import Deliveries, Delivery
from support.api import workspace_of
from support.dataplane import KEY, Source, basic, bearer
from support.delivery_cases import LATE, SOON, break_people, identify

OTHER = "another-key"
SNAPSHOT = ("POST", "/_mock/snapshots/before/restore", None)
REPLACEMENTS = [
    ("POST", "/_mock/reset", None),
    ("DELETE", "/_mock/state", None),
    ("PUT", "/_mock/state", {"people": []}),
    SNAPSHOT,
]


def run_all(source):
    """Try every job now, as if its time had come."""
    dispatcher = source.app.data_plane.dispatcher
    for lane in list(dispatcher.lanes.values()):
        dispatcher.run(lane)


def of_other(source):
    return source.client.get("/_mock/deliveries", headers=bearer(OTHER)).json["deliveries"]


def test_a_workspace_with_a_full_queue_refuses_nothing_for_another_one():
    source = Source(options=LATE, limits=Limits(queue=1))
    break_people(source, 503)
    source.send(identify("u1"))

    refused = source.send(identify("u2"))
    accepted = source.post("/v1/identify", identify("u3"), basic(OTHER))

    assert (refused.status_code, accepted.status_code) == (503, 200)
    assert [found["status"] for found in of_other(source)] == ["delivered"]


def test_a_queue_is_full_when_its_messages_take_too_many_bytes():
    source = Source(options=LATE, limits=Limits(queue_bytes=10_000))
    break_people(source, 503)
    source.send(identify("u1", text="x" * 10_000))

    assert source.send(identify("u2")).status_code == 503


@pytest.mark.parametrize(("status", "times"), [(503, 1), (400, None)])
def test_what_is_done_takes_no_place_in_the_queue(status, times):
    source = Source(options=SOON, limits=Limits(queue=1))
    break_people(source, status, **({"times": times} if times else {}))

    answers = []
    for user in ("u1", "u2"):
        answers.append(source.send(identify(user)).status_code)
        source.app.data_plane.dispatcher.settle(60)

    assert answers == [200, 200]
    assert workspace_of(source.app.store, KEY).pending.bytes == 0


@pytest.mark.parametrize(("method", "path", "body"), REPLACEMENTS)
def test_a_message_that_waits_does_not_appear_among_new_records(method, path, body):
    source = Source(options=LATE)
    source.control("PUT", "/_mock/snapshots/before")
    break_people(source, 503)
    source.send(identify("u1"), identify("u1", n=2))

    source.control(method, path, json=body)
    source.control("DELETE", "/_mock/faults")
    run_all(source)

    assert source.state()["people"] == []
    assert source.app.data_plane.dispatcher.waiting == 0


@pytest.mark.parametrize(("method", "path", "body"), REPLACEMENTS)
def test_a_message_after_new_records_does_not_wait_for_one_before_them(method, path, body):
    source = Source(options=LATE)
    source.control("PUT", "/_mock/snapshots/before")
    break_people(source, 503, times=1)
    source.send(identify("u1"))

    source.control(method, path, json=body)
    source.send(identify("u1", n=2))

    assert source.delivery()["status"] == "delivered"


def test_a_message_that_was_cancelled_says_why():
    source = Source(options=LATE)
    break_people(source, 503)
    source.send(identify("u1"))

    source.control("DELETE", "/_mock/state")

    found = source.delivery()
    text = "the records of the workspace were replaced before the message was delivered"
    assert (found["status"], found["reason"], found["next_attempt_at"]) == ("aborted", text, None)


def test_a_workspace_that_is_busy_does_not_keep_another_one_from_taking_messages():
    source = Source()
    clients = [
        Thread(
            target=source.app.test_client().post,
            args=("/v1/identify",),
            kwargs={"headers": basic(key), "json": identify("u1")},
        )
        for key in (KEY, OTHER)
    ]

    with source.app.store.open(KEY):
        for client in clients:
            client.start()
        clients[1].join(60)
        delivered = not clients[1].is_alive()
    clients[0].join(60)

    assert delivered


def test_deliveries_are_bounded_by_bytes():
    deliveries = Deliveries(largest=100, most_bytes=1000)

    for number in range(20):
        deliveries.add(Delivery({"n": number}, ""), 100)

    assert [found.message["n"] for found in deliveries.kept] == list(range(10, 20))
    assert (deliveries.bytes, deliveries.forgotten) == (1000, 10)


def test_the_newest_delivery_is_kept_whatever_its_size():
    deliveries = Deliveries(largest=100, most_bytes=10)

    deliveries.add(Delivery({}, ""), 5)
    deliveries.add(Delivery({}, ""), 500)

    assert [found.size for found in deliveries.kept] == [500]


def test_the_messages_of_large_batches_make_room_for_each_other():
    source = Source(limits=Limits(delivery_bytes=100_000))

    for number in range(5):
        source.send(identify(f"u{number}", text="x" * 40_000))

    assert [found["userId"] for found in source.deliveries()] == ["u3", "u4"]


def test_a_part_of_a_long_answer_is_kept_with_a_message():
    source = Source()
    rule = {"path": "/people", "status": 400, "body": "x" * 100_000}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})

    source.send(identify("u1"))

    assert len(source.delivery()["requests"][0]["answer"]) == 16 * 1024


def test_fault_rules_are_bounded_by_bytes():
    source = Source(limits=Limits(fault_bytes=1000))
    rule = {"status": 500, "body": "x" * 600}

    answers = [source.client.post("/_mock/faults", json=rule, headers=bearer()).status_code for _ in range(2)]
    whole = source.client.put("/_mock/faults", json={"faults": [rule, rule]}, headers=bearer())

    text = "the faults would take more than 1000 bytes: DELETE /_mock/faults first"
    assert (answers, whole.status_code, whole.json) == ([200, 400], 400, {"error": text})
    assert len(source.control("GET", "/_mock/faults")["faults"]) == 1


def test_snapshots_are_bounded_by_their_records():
    source = Source(limits=Limits(snapshot_records=5))
    source.know("u1", "u2", "u3")
    source.control("PUT", "/_mock/snapshots/a")

    again = source.client.put("/_mock/snapshots/a", headers=bearer())
    refused = source.client.put("/_mock/snapshots/b", headers=bearer())

    text = "the snapshots would hold more than 5 records with this one: delete one first"
    assert (again.status_code, refused.status_code, refused.json) == (200, 400, {"error": text})
