"""How messages are delivered: what is tried again, when it is given up, and in which order."""

from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import pytest
import requests

from custify_transformer import Destination, transform
from mock_custify.app import create_app
from mock_custify.dataplane.data_plane import DataPlaneOptions
from mock_custify.dataplane.delivery import job as job_module
from mock_custify.dataplane.delivery.job import Job
from mock_custify.dataplane.delivery.retry import RetryPolicy, passes
from mock_custify.dataplane.delivery.targets import DeliveryResponse
from mock_custify.limits import Limits
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store
from mock_custify.workspace.messages.deliveries import Delivery
from support.api import workspace_of
from support.dataplane import KEY, Source, basic, bearer
from support.delivery_cases import LATE, SOON, break_people, fates, identify


def job_of(message):
    opened = Store().open(KEY)
    requests = transform(message, Destination(KEY))
    return Job(opened, (opened, ""), Delivery(message, ""), requests)


class Broken:
    """A Custify that always fails."""

    def send(self, _request):
        return DeliveryResponse(503)


class HalfBroken:
    """A Custify that knows companies only."""

    def send(self, request):
        return DeliveryResponse(200 if request.endpoint.endswith("/company") else 503)


@pytest.mark.parametrize("status", [408, 429, 500, 501, 503, 504, 599, 100])
def test_statuses_that_are_tried_again(status):
    assert passes(status)


@pytest.mark.parametrize("status", [300, 302, 304, 400, 401, 404, 409, 413, 425, 499])
def test_statuses_that_are_final(status):
    assert not passes(status)


def test_the_waits_double_up_to_five_minutes():
    policy = RetryPolicy(scale=1)

    waits = [policy.wait(attempt) for attempt in range(1, 9)]

    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]


def test_the_waits_are_a_tenth_of_production_unless_it_is_said_otherwise():
    policy = DataPlaneOptions().retry

    waits = [policy.wait(attempt) for attempt in range(1, 9)]

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_the_three_hours_shrink_with_the_waits():
    policy = RetryPolicy(scale=0.1)

    assert [policy.gives_up(500, 3, elapsed) for elapsed in (1_079, 1_081)] == [False, True]


@pytest.mark.parametrize(
    ("status", "attempts", "elapsed", "given_up"),
    [
        (500, 3, 10_800, True),
        (500, 2, 10_800, False),
        (500, 9, 10_799, False),
        (429, 99, 99_999, False),
        (408, 99, 99_999, False),
        (100, 99, 99_999, False),
    ],
)
def test_only_a_server_error_is_given_up_after_three_hours(status, attempts, elapsed, given_up):
    assert RetryPolicy(scale=1).gives_up(status, attempts, elapsed) is given_up


def test_what_is_accepted_is_on_record_when_it_is_answered():
    source = Source()

    source.send(identify("u1", email="a@example.com"))

    found = source.delivery()
    request = found["requests"][0]
    assert (found["status"], found["code"], found["attempts"]) == ("delivered", 200, 1)
    assert (request["method"], request["endpoint"]) == ("POST", "https://api.custify.com/people")
    assert request["answer"]["email"] == "a@example.com"


@pytest.mark.parametrize("status", [429, 408, 500, 503])
def test_an_answer_that_may_change_is_tried_again(status):
    source = Source(options=SOON)
    break_people(source, status, times=2)

    source.send(identify("u1"))
    settled = source.app.data_plane.dispatcher.settle(60)

    assert settled
    assert fates(source) == [("u1", "delivered", 3)]
    assert [request["status"] for request in source.delivery()["requests"]] == [status, status, 200]


def test_a_dropped_connection_is_tried_again():
    source = Source(options=SOON)
    rule = {"method": "POST", "path": "/people", "drop": True, "times": 1}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})

    source.send(identify("u1"))
    source.app.data_plane.dispatcher.settle(60)

    assert fates(source) == [("u1", "delivered", 2)]
    assert "dropped" in source.delivery()["requests"][0]["error"]


@pytest.mark.parametrize("status", [400, 401, 404, 302])
def test_any_other_answer_ends_it(status):
    source = Source()
    break_people(source, status)

    source.send(identify("u1"))

    assert fates(source) == [("u1", "aborted", 1)]
    assert source.delivery()["reason"].startswith(f"Custify answered {status}")


def test_a_track_of_nobody_on_record_is_refused_once_and_delivered_when_they_are():
    source = Source()
    track = {"type": "track", "userId": "u1", "event": "E"}

    source.send(track)
    source.send(identify("u1"), track)

    assert fates(source) == [("u1", "aborted", 1), ("u1", "delivered", 1), ("u1", "delivered", 1)]
    assert source.deliveries()[0]["reason"] == ("Custify answered 404: there is no person with user_id 'u1'")
    assert [event["dropped"] is None for event in source.state()["events"]] == [False, True]


def test_a_server_error_is_given_up_in_the_end():
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=0)))
    break_people(source, 500)

    source.send(identify("u1"))
    source.app.data_plane.dispatcher.settle(60)

    assert fates(source) == [("u1", "aborted", 3)]
    assert source.delivery()["reason"].startswith("retry limit reached: Custify answered 500")


def test_the_time_to_give_up_runs_from_the_first_attempt_and_not_from_the_arrival(monkeypatch):
    job, policy = job_of(identify("u1")), RetryPolicy(scale=1, attempts=1)
    clock = Mock(return_value=1e9)
    monkeypatch.setattr(job_module, "monotonic", clock)

    first = job.attempt(Broken(), policy)
    clock.return_value += policy.window
    second = job.attempt(Broken(), policy)

    assert (first, second) == (10, None)


def test_later_messages_of_a_person_wait_and_others_pass():
    source = Source(options=LATE)
    break_people(source, 503, times=1)

    source.send(identify("u1", n=1), identify("u1", n=2), identify("u2", n=3))

    assert fates(source) == [("u1", "retrying", 1), ("u1", "waiting", 0), ("u2", "delivered", 1)]


def test_what_waited_is_delivered_in_order():
    source = Source(options=SOON)
    break_people(source, 429, times=3)

    source.send(*(identify("u1", n=number) for number in range(5)))
    source.send(identify("u1", n=5))
    source.app.data_plane.dispatcher.settle(60)

    assert [found["attempts"] for found in source.deliveries()] == [4, 1, 1, 1, 1, 1]
    assert source.state()["people"][0]["custom_attributes"] == {"n": 5}


def test_messages_go_in_the_order_of_their_arrival_and_not_of_their_times():
    source = Source()
    times = ["2026-01-03", "2026-01-01", "2026-01-02"]

    source.send(*({**identify("u1", n=time), "timestamp": time, "originalTimestamp": time} for time in times))

    assert [found["message"]["timestamp"] for found in source.deliveries()] == times
    assert source.state()["people"][0]["custom_attributes"] == {"n": "2026-01-02"}


def test_the_waits_of_a_group_grow_with_its_attempts_and_not_with_its_requests():
    job, policy = job_of({"type": "group", "userId": "u1", "groupId": "g1"}), RetryPolicy(scale=1)

    waits = [job.attempt(HalfBroken(), policy) for _ in range(3)]

    assert waits == [10, 20, 40]


def test_a_person_with_and_without_an_anonymous_id_is_two_for_the_order():
    source = Source(options=LATE)
    break_people(source, 503, times=1)

    source.send(identify("u1"), {**identify("u1"), "anonymousId": "a1"})

    assert [found["status"] for found in source.deliveries()] == ["retrying", "delivered"]


def test_two_people_of_one_browser_are_two_for_the_order():
    source = Source(options=LATE)
    break_people(source, 503, times=1)

    source.send(*({**identify(user), "anonymousId": "a1"} for user in ("u1", "u2")))

    assert [found["status"] for found in source.deliveries()] == ["retrying", "delivered"]


def test_a_person_in_two_browsers_is_two_for_the_order():
    source = Source(options=LATE)
    break_people(source, 503, times=1)
    batch = {"batch": [identify("u1"), identify("u1")]}

    [source.post("/v1/batch", batch, {**basic(), "AnonymousId": browser}) for browser in ("YQ==", "Yg==")]

    found = [found["status"] for found in source.deliveries()]
    assert found == ["retrying", "waiting", "delivered", "delivered"]


def test_a_message_is_tried_again_although_the_last_one_that_was_is_long_done():
    source = Source(options=SOON)
    break_people(source, 503, times=1)
    source.send(identify("u1"))
    source.app.data_plane.dispatcher.settle(60)

    break_people(source, 503, times=1)
    source.send(identify("u2"))

    assert source.app.data_plane.dispatcher.settle(60)


@pytest.mark.parametrize("kind", ["identify", "track", "group"])
def test_messages_of_every_type_keep_the_order_of_their_person(kind):
    source = Source(options=LATE)
    break_people(source, 503, times=1)
    later = {"type": kind, "userId": "u1", "groupId": "g1", "event": "E"}

    [
        source.post("/v1/batch", {"batch": [message]}, {**basic(), "AnonymousId": "YQ=="})
        for message in (identify("u1"), later)
    ]

    assert [found["status"] for found in source.deliveries()] == ["retrying", "waiting"]


def test_a_person_of_another_workspace_does_not_wait():
    source = Source(options=LATE)
    break_people(source, 503, times=1)

    [source.post("/v1/identify", identify("u1"), basic(key)) for key in (KEY, "another-key")]

    answer = source.client.get("/_mock/deliveries", headers=bearer("another-key"))
    assert [found["status"] for found in answer.json["deliveries"]] == ["delivered"]


def test_an_aborted_message_lets_the_next_of_its_person_go_on():
    source = Source(options=SOON)
    rules = [{"path": "/people", "status": status, "times": 1} for status in (503, 400)]
    source.control("PUT", "/_mock/faults", json={"faults": rules})

    source.send(identify("u1", n=1), identify("u1", n=2))
    source.app.data_plane.dispatcher.settle(60)

    assert fates(source) == [("u1", "aborted", 2), ("u1", "delivered", 1)]


def test_a_retry_of_a_group_repeats_its_company():
    source = Source(options=SOON)
    break_people(source, 503, times=1)

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})
    source.app.data_plane.dispatcher.settle(60)

    paths = [request["endpoint"].rpartition("/")[2] for request in source.delivery()["requests"]]
    assert paths == ["company", "people", "company", "people"]


def test_what_stood_before_a_message_stood_before_its_first_attempt():
    source = Source(options=SOON)
    break_people(source, 503, times=1)

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})
    source.app.data_plane.dispatcher.settle(60)

    (delivery,) = workspace_of(source.app.store, KEY).deliveries.kept
    assert (len(delivery.before.companies), len(delivery.after.companies)) == (0, 1)


def test_a_refused_company_ends_the_group_before_its_person():
    source = Source()
    rule = {"method": "POST", "path": "/company", "status": 401}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})

    assert fates(source) == [("u1", "aborted", 1)]
    assert source.state()["people"] == []


def test_in_the_profile_production_a_group_without_a_person_leaves_its_company():
    source = Source()
    source.configure(profile="production")

    source.send({"type": "group", "anonymousId": "a1", "groupId": "g1"})

    found = source.delivery()
    assert (found["status"], found["reason"]) == ("refused", "Email or userId is mandatory")
    assert [company["company_id"] for company in source.state()["companies"]] == ["g1"]


def test_an_error_of_the_transformer_is_final_although_its_status_is_500():
    source = Source()
    source.configure(profile="production")

    source.send({"type": "identify", "userId": "u1", "context": {"mappedToDestination": True}})

    found = source.delivery()
    assert (found["status"], found["code"], found["attempts"]) == ("refused", 500, 0)


def test_a_record_without_traits_is_refused_with_the_status_of_the_transformer_after_its_company():
    source = Source()
    source.configure(profile="production")

    source.send({"type": "group", "userId": "u1", "groupId": "g1", "context": {"mappedToDestination": True}})

    found = source.delivery()
    assert (found["status"], found["code"], len(found["requests"])) == ("refused", 500, 1)


def test_a_batch_that_overfills_the_queue_is_taken_whole():
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=100)), limits=Limits(queue=1))
    break_people(source, 503)

    answer = source.send(identify("u1"), identify("u1"), identify("u2"))

    assert answer.status_code == 200
    assert [found["status"] for found in source.deliveries()] == ["retrying", "waiting", "retrying"]


def test_a_full_queue_refuses_the_next_batch_whole():
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=100)), limits=Limits(queue=2))
    break_people(source, 503)
    source.send(identify("u1"), identify("u1"), identify("u1"))

    answer = source.send(identify("u2"))

    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "Service Unavailable\n")
    assert source.delivery()["status"] == "refused"
    assert source.delivery()["reason"] == "Service Unavailable"


def test_64_clients_at_once_lose_nothing():
    server = ServerThread(create_app())

    def client(number):
        batch = [identify(f"u{number}-{index}") for index in range(20)]
        return requests.post(
            f"{server.url}/v1/batch", json={"batch": batch}, headers=basic(), timeout=30
        ).text

    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(client, range(64)))
    state = requests.get(f"{server.url}/_mock/state", headers=bearer(), timeout=30).json()
    server.stop()

    assert answers == ["ok"] * 64
    assert len({person["user_id"] for person in state["people"]}) == len(state["people"]) == 64 * 20
