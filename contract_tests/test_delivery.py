"""How messages are delivered: what is tried again, in which order, and what each message's fate says."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from unittest.mock import Mock

import msgspec
import pytest
import requests

from contract_tests.dataplane import KEY, Source, basic, bearer
from mock_custify.app import create_app
from mock_custify.dataplane import jobs
from mock_custify.dataplane.dispatch import Dispatcher
from mock_custify.dataplane.jobs import Job
from mock_custify.dataplane.plane import DataPlaneOptions
from mock_custify.dataplane.retry import RetryPolicy, passes
from mock_custify.dataplane.targets import OverHttp, Reply
from mock_custify.store import Store
from mock_custify.store.deliveries import Delivery
from mock_custify.web.server import ServerThread
from transformer import Destination, HttpRequest, transform

SOON = DataPlaneOptions(retry=RetryPolicy(scale=0.001))
LATE = DataPlaneOptions(retry=RetryPolicy(scale=100))


def identify(user, **traits):
    return {"type": "identify", "userId": user, "traits": traits}


def fates(source):
    return [(found["userId"], found["status"], found["attempts"]) for found in source.deliveries()]


def break_people(source, status, **when):
    rule = {"method": "POST", "path": "/people", "status": status, **when}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})


def job_of(message):
    workspace = Store().workspace(KEY)
    requests = transform(message, Destination(KEY))
    return Job(workspace, (workspace, ""), Delivery(message, ""), requests)


class Broken:
    """A Custify that always fails."""

    def send(self, _request):
        return Reply(503)


class HalfBroken:
    """A Custify that knows companies only."""

    def send(self, request):
        return Reply(200 if request.endpoint.endswith("/company") else 503)


class Custify:
    """Another Custify: answers with `statuses` in turn, then 200, and remembers what was asked."""

    def __init__(self, *statuses):
        self.asked = []
        left = list(statuses)
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = msgspec.json.decode(self.rfile.read(int(self.headers["Content-Length"])))
                asked.append((self.path, dict(self.headers), body))
                self.send_response(left.pop(0) if left else 200)
                self.send_header("Content-Length", "0")
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


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


def test_a_fate_holds_the_message_as_received_and_as_processed():
    source = Source()
    message = identify("u1", name="Ann")

    source.send(message)

    found = source.delivery()
    assert found["message"] == message
    assert found["processed"]["rudderId"]


def test_no_key_stands_in_a_fate():
    source = Source()

    source.send(identify("u1"))

    assert KEY not in str(source.deliveries())
    assert source.delivery()["requests"][0]["headers"]["Authorization"] == "[redacted]"


def test_no_key_stands_in_the_fate_of_what_was_tried_again():
    source = Source(options=SOON)
    break_people(source, 503, times=2)

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})
    source.app.data_plane.dispatcher.settle(10)

    assert len(source.delivery()["requests"]) == 6
    assert KEY not in str(source.deliveries())


@pytest.mark.parametrize("status", [429, 408, 500, 503])
def test_an_answer_that_may_change_is_tried_again(status):
    source = Source(options=SOON)
    break_people(source, status, times=2)

    source.send(identify("u1"))
    settled = source.app.data_plane.dispatcher.settle(10)

    assert settled
    assert fates(source) == [("u1", "delivered", 3)]
    assert [request["status"] for request in source.delivery()["requests"]] == [status, status, 200]


def test_a_dropped_connection_is_tried_again():
    source = Source(options=SOON)
    rule = {"method": "POST", "path": "/people", "drop": True, "times": 1}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})

    source.send(identify("u1"))
    source.app.data_plane.dispatcher.settle(10)

    assert fates(source) == [("u1", "delivered", 2)]
    assert "dropped" in source.delivery()["requests"][0]["error"]


@pytest.mark.parametrize("status", [400, 401, 404, 302])
def test_any_other_answer_ends_it(status):
    source = Source()
    break_people(source, status)

    source.send(identify("u1"))

    assert fates(source) == [("u1", "aborted", 1)]
    assert source.delivery()["reason"].startswith(f"Custify answered {status}")


def test_a_server_error_is_given_up_in_the_end():
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=0)))
    break_people(source, 500)

    source.send(identify("u1"))
    source.app.data_plane.dispatcher.settle(10)

    assert fates(source) == [("u1", "aborted", 3)]
    assert source.delivery()["reason"].startswith("retry limit reached: Custify answered 500")


def test_the_time_to_give_up_runs_from_the_first_attempt_and_not_from_the_arrival(monkeypatch):
    job, policy = job_of(identify("u1")), RetryPolicy(scale=1, attempts=1)
    clock = Mock(return_value=1e9)
    monkeypatch.setattr(jobs, "monotonic", clock)

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
    source.app.data_plane.dispatcher.settle(10)

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
    source.app.data_plane.dispatcher.settle(10)

    break_people(source, 503, times=1)
    source.send(identify("u2"))

    assert source.app.data_plane.dispatcher.settle(5)


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
    source.app.data_plane.dispatcher.settle(10)

    assert fates(source) == [("u1", "aborted", 2), ("u1", "delivered", 1)]


def test_a_delivered_message_does_not_say_what_kept_it():
    source = Source(options=SOON)
    break_people(source, 503, times=1)

    source.send(identify("u1"), identify("u1"))
    source.app.data_plane.dispatcher.settle(10)

    told = [(found["reason"], found["code"], found["next_attempt_at"]) for found in source.deliveries()]
    assert told == [("", 200, None)] * 2


def test_a_dropped_connection_counts_as_504_and_says_when_it_is_tried_again():
    source = Source(options=LATE)
    source.control("PUT", "/_mock/clock", json={"freeze": "2026-05-01T12:00:00.000Z"})
    source.control("PUT", "/_mock/faults", json={"faults": [{"path": "/people", "drop": True}]})

    source.send(identify("u1"))

    found = source.delivery()
    assert (found["status"], found["code"]) == ("retrying", 504)
    assert found["next_attempt_at"] == "2026-05-01T12:16:40.000Z"


def test_a_retry_of_a_group_repeats_its_company():
    source = Source(options=SOON)
    break_people(source, 503, times=1)

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})
    source.app.data_plane.dispatcher.settle(10)

    paths = [request["endpoint"].rpartition("/")[2] for request in source.delivery()["requests"]]
    assert paths == ["company", "people", "company", "people"]


def test_what_stood_before_a_message_stood_before_its_first_attempt():
    source = Source(options=SOON)
    break_people(source, 503, times=1)

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})
    source.app.data_plane.dispatcher.settle(10)

    (delivery,) = source.app.store.workspace(KEY).deliveries.kept
    assert (len(delivery.before.companies), len(delivery.after.companies)) == (0, 1)


def test_a_refused_company_ends_the_group_before_its_person():
    source = Source()
    rule = {"method": "POST", "path": "/company", "status": 401}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})

    source.send({"type": "group", "userId": "u1", "groupId": "g1"})

    assert fates(source) == [("u1", "aborted", 1)]
    assert source.state()["people"] == []


def test_in_the_profile_reference_a_group_without_a_person_leaves_its_company():
    source = Source()
    source.configure(profile="reference")

    source.send({"type": "group", "anonymousId": "a1", "groupId": "g1"})

    found = source.delivery()
    assert (found["status"], found["reason"]) == ("refused", "Email or userId is mandatory")
    assert [company["company_id"] for company in source.state()["companies"]] == ["g1"]


def test_an_error_of_the_transformer_is_final_although_its_status_is_500():
    source = Source()
    source.configure(profile="reference")

    source.send({"type": "identify", "userId": "u1", "context": {"mappedToDestination": True}})

    found = source.delivery()
    assert (found["status"], found["code"], found["attempts"]) == ("refused", 500, 0)


def test_a_record_without_traits_is_refused_with_the_status_of_the_transformer_after_its_company():
    source = Source()
    source.configure(profile="reference")

    source.send({"type": "group", "userId": "u1", "groupId": "g1", "context": {"mappedToDestination": True}})

    found = source.delivery()
    assert (found["status"], found["code"], len(found["requests"])) == ("refused", 500, 1)


def test_a_batch_that_overfills_the_queue_is_taken_whole():
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=100), largest_queue=1))
    break_people(source, 503)

    answer = source.send(identify("u1"), identify("u1"), identify("u2"))

    assert answer.status_code == 200
    assert [found["status"] for found in source.deliveries()] == ["retrying", "waiting", "retrying"]


def test_a_full_queue_refuses_the_next_batch_whole():
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=100), largest_queue=2))
    break_people(source, 503)
    source.send(identify("u1"), identify("u1"), identify("u1"))

    answer = source.send(identify("u2"))

    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "Service Unavailable\n")
    assert "u2" not in [found["userId"] for found in source.deliveries()]
    assert source.delivery()["reason"] == "the whole batch was refused: Service Unavailable"


def test_a_refused_batch_has_a_fate_too():
    source = Source()

    source.send(identify("u1"), identify(""))

    found = source.delivery()
    assert (found["status"], found["code"]) == ("refused", 400)
    assert found["reason"] == "the whole batch was refused: request neither has anonymousId nor userId"
    assert found["message"] == identify("")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"userId": "u2"}, [2]),
        ({"messageId": "m1"}, [1]),
        ({"anonymousId": "a3"}, [3]),
        ({"status": "filtered"}, [3]),
        ({"type": "identify", "limit": 1}, [2]),
        ({"since": 1}, [2, 3]),
        ({"since": "2000-01-01"}, [1, 2, 3]),
        ({"since": "2100-01-01T00:00:00+00:00"}, []),
        ({"limit": 0}, []),
    ],
)
def test_fates_are_found(query, numbers):
    source = Source()
    source.send({**identify("u1"), "messageId": "m1"}, identify("u2"), {"type": "page", "anonymousId": "a3"})

    found = source.deliveries(**query)

    assert [delivery["number"] for delivery in found] == numbers


def test_the_fate_of_a_person_with_a_number_is_found_by_its_digits():
    source = Source()
    source.send(identify(7), identify(77))

    found = source.deliveries(userId="7")

    assert [delivery["userId"] for delivery in found] == [7]


def test_fates_since_a_moment_begin_with_that_moment():
    source = Source()
    source.control("PUT", "/_mock/clock", json={"freeze": "2026-05-01T12:00:00.000Z"})
    source.send(identify("u1"))

    assert len(source.deliveries(since="2026-05-01T12:00:00.000Z")) == 1


@pytest.mark.parametrize("query", [{"since": "soon"}, {"status": "lost"}, {"status": "null"}, {"limit": -1}])
def test_a_question_that_makes_no_sense_is_refused(query):
    answer = Source().client.get("/_mock/deliveries", query_string=query, headers=bearer())

    assert answer.status_code == 400


def test_forgotten_fates_leave_their_numbers():
    source = Source()
    source.send(identify("u1"))
    source.control("DELETE", "/_mock/deliveries")

    source.send(identify("u2"))

    assert [found["number"] for found in source.deliveries()] == [2]


def test_the_settings_of_the_destination_are_read_back():
    source = Source()
    settings = {
        "profile": "reference",
        "Config": {"sendAnonymousId": True},
        "deduplicate": True,
        "enabled": False,
    }

    source.configure(**settings)

    assert source.control("GET", "/_mock/destination") == settings


def test_the_settings_go_back_to_where_they_began():
    source = Source()
    source.configure(profile="reference")

    source.control("DELETE", "/_mock/destination")

    assert source.control("GET", "/_mock/destination")["profile"] == "documented"


def test_settings_that_are_left_out_take_their_default():
    source = Source()
    source.configure(profile="reference", Config={"sendAnonymousId": True}, deduplicate=True)

    source.configure(enabled=False)

    settings = {"profile": "documented", "Config": {}, "deduplicate": False, "enabled": False}
    assert source.control("GET", "/_mock/destination") == settings


def test_a_reset_takes_settings_deliveries_and_what_came_before():
    source = Source()
    source.configure(deduplicate=True, profile="reference")
    source.send({**identify("u1"), "messageId": "m1"})

    source.control("POST", "/_mock/reset")
    shown = source.control("GET", "/_mock/destination")
    source.configure(deduplicate=True)
    source.send({**identify("u1"), "messageId": "m1"})

    assert (shown["profile"], shown["deduplicate"]) == ("documented", False)
    assert [(found["number"], found["status"]) for found in source.deliveries()] == [(1, "delivered")]


def test_an_api_key_in_the_settings_is_hidden_and_kept():
    source = Source()
    source.configure(Config={"apiKey": "a-secret-key"})

    shown = source.control("GET", "/_mock/destination")
    source.configure(**shown)

    assert shown["Config"] == {"apiKey": "[redacted]"}
    assert source.app.store.workspace(KEY).destination.config == {"apiKey": "a-secret-key"}


@pytest.mark.parametrize(
    "settings", [{"profile": "other"}, {"Config": []}, {"deduplicate": 1}, {"unknown": 1}]
)
def test_settings_that_make_no_sense_are_refused(settings):
    source = Source()

    answer = source.configure(**settings)

    assert answer.status_code == 400


def test_messages_go_to_another_custify():
    with Custify() as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))

        source.send(identify("u1"))
        source.app.data_plane.close(10)

    path, headers, body = other.asked[0]
    assert (path, body["user_id"]) == ("/people", "u1")
    assert (headers["Authorization"], headers["User-Agent"]) == (f"Bearer {KEY}", "RudderLabs")


def test_another_custify_may_have_a_key_of_its_own():
    with Custify() as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))
        source.configure(Config={"apiKey": "another-key"})

        source.send(identify("u1"))
        source.app.data_plane.close(10)

    assert other.asked[0][1]["Authorization"] == "Bearer another-key"


def test_another_custify_gets_the_messages_of_a_person_in_order_while_one_is_repeated():
    options = DataPlaneOptions(retry=RetryPolicy(scale=0.001))

    with Custify(503, 429) as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url, retry=options.retry))
        source.send(*(identify("u1", n=number) for number in range(20)))
        left = source.app.data_plane.close(10)

    numbers = [body["custom_attributes"]["n"] for _, _, body in other.asked]
    assert left == 0
    assert numbers == [0, 0, *range(20)]


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_answer_of_success_delivers_a_message(status):
    job = job_of(identify("u1"))

    wait = job.attempt(Mock(send=lambda _request: Reply(status)), RetryPolicy())

    assert (wait, job.delivery.status) == (None, "delivered")


@pytest.mark.parametrize("kind", ["identify", "group"])
def test_a_redirect_of_another_custify_is_final(kind):
    with Custify(302) as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))
        source.send({"type": kind, "userId": "u1", "groupId": "g1"})
        source.app.data_plane.close(10)

    assert fates(source) == [("u1", "aborted", 1)]
    assert len(other.asked) == 1


def test_another_custify_may_stand_under_a_path():
    with Custify() as other:
        source = Source(options=DataPlaneOptions(deliver_to=f"{other.url}/custify/"))
        source.send(identify("u1"))
        source.app.data_plane.close(10)

    assert other.asked[0][0] == "/custify/people"


def test_another_custify_is_asked_straight_and_not_by_way_of_a_proxy(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    with Custify() as other:
        source = Source(options=DataPlaneOptions(deliver_to=other.url))
        source.send(identify("u1"))
        source.app.data_plane.close(2)

    assert fates(source) == [("u1", "delivered", 1)]


@pytest.mark.parametrize(("body", "sent"), [({}, None), ({"a": 1}, b'{"a":1}')])
def test_another_custify_has_ten_seconds_to_answer_and_gets_no_empty_body(monkeypatch, body, sent):
    target, session = OverHttp("http://other"), Mock()
    monkeypatch.setattr(OverHttp, "session", session)

    target.send(HttpRequest("POST", "https://api.custify.com/event", {}, {}, body))

    options = session.request.call_args.kwargs
    assert (options["timeout"], options["data"]) == (10, sent)


def test_what_cannot_be_delivered_in_time_is_counted():
    source = Source(options=DataPlaneOptions(deliver_to="http://127.0.0.1:9"))
    source.send(identify("u1"), identify("u1"))

    left = source.app.data_plane.close(0.05)

    assert left == 2


def test_what_fails_again_while_the_server_ends_is_tried_again_soon():
    source = Source(options=LATE)
    break_people(source, 503, times=2)
    source.send(identify("u1"))

    left = source.app.data_plane.close(5)

    assert (left, fates(source)) == (0, [("u1", "delivered", 3)])


def test_a_closed_dispatcher_ends_its_threads():
    source = Source(options=SOON)
    break_people(source, 429, times=1)
    source.send(identify("u1"))

    source.app.data_plane.close(10)
    threads = source.app.data_plane.dispatcher.threads
    [thread.join(10) for thread in threads]

    assert [thread.is_alive() for thread in threads] == [False]


def test_what_is_left_behind_is_not_tried_any_more():
    source = Source(options=DataPlaneOptions(deliver_to="http://127.0.0.1:9"))
    source.send(identify("u1"))

    source.app.data_plane.close(0.05)
    threads = source.app.data_plane.dispatcher.threads
    [thread.join(10) for thread in threads]

    assert [thread.is_alive() for thread in threads] == [False] * 8


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


def test_everything_accepted_is_delivered_before_the_server_ends():
    command = [sys.executable, "-m", "mock_custify", "serve", "--port", "0", "--deliver-to"]

    with (
        Custify(503, 503) as other,
        subprocess.Popen([*command, other.url], stdout=subprocess.PIPE, text=True) as served,
    ):
        url = served.stdout.readline().split()[-1]
        batch = {"batch": [identify("u1", n=number) for number in range(200)]}
        answer = requests.post(f"{url}/v1/batch", json=batch, headers=basic(), timeout=10)
        served.send_signal(signal.SIGTERM)
        status = served.wait(30)

    assert (answer.text, status) == ("ok", 0)
    assert [body["custom_attributes"]["n"] for _, _, body in other.asked][2:] == list(range(200))


def test_the_dispatcher_is_bounded():
    dispatcher = Dispatcher(None, RetryPolicy(), 0)

    assert dispatcher.is_full
