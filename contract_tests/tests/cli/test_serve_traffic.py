"""What `serve` prints: where to look, then one line for each message and each refused call, and no key."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from itertools import count

import pytest
import requests

COMMAND = [sys.executable, "-m", "mock_custify", "serve", "--port", "0"]
KEY = "secret-write-key"
ADA = {"type": "identify", "userId": "ada"}
ENDS = count(1)


@contextmanager
def serving(*options):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, *options], text=True, **pipes) as process:
        try:
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.kill()


def printed(process):
    """Return the lines that were not read yet, without their times, once the server has ended."""
    process.send_signal(signal.SIGTERM)
    return [untimed(line) for line in process.stdout.read().splitlines()]


def untimed(line):
    return re.sub(r"^\d\d:\d\d:\d\d\.\d{3} ", "", line.rstrip("\n"))


def send(url, *messages, key=KEY):
    requests.post(f"{url}/v1/batch", json={"batch": messages}, auth=(key, ""), timeout=60)


@pytest.fixture(scope="module")
def shared():
    """A server that several tests use one after another, each with its own key."""
    with serving("--retry-scale", "0") as (process, url):
        yield process, url, [process.stdout.readline() for _ in range(2)]


@pytest.fixture
def url(shared):
    return shared[1]


@pytest.fixture
def line(shared):
    """A function that waits for the next line of the server."""
    return lambda: untimed(shared[0].stdout.readline())


@pytest.fixture
def lines(url, line):
    """A function that returns the lines that the server printed since the last test."""

    def read():
        send(url, {"type": "identify", "userId": "the-end"}, key="end")
        return list(iter(line, f"#{next(ENDS)} identify the-end: delivered"))

    return read


def test_the_dashboard_and_the_line_of_the_sdk_follow_the_ready_line(shared):
    _, url, (dashboard, sdk) = shared

    assert dashboard == f"dashboard: {url}/_mock/ui/\n"
    assert sdk.startswith("SDK: ")
    assert url in sdk


def test_each_message_is_one_line_with_its_delivery_status(url, lines):
    send(url, ADA, {"type": "identify", "anonymousId": "a1"}, key="each")

    lines = lines()
    assert lines[0] == "#1 identify ada: delivered"
    assert lines[1].startswith("#2 identify a1: refused | Email or userId is mandatory | turn on sendAnonym")
    assert len(lines) == 2


def test_each_refused_call_is_one_line(url, lines):
    requests.post(f"{url}/people", json={}, headers={"Authorization": f"Bearer {KEY}"}, timeout=60)
    requests.post(f"{url}/v1/track", json={}, timeout=60)

    lines = lines()
    assert lines[0].startswith("POST /people: refused 400 | ")
    assert lines[1] == "POST /v1/track: refused 401 | failed to read writekey from header"


def test_a_call_for_an_unknown_host_is_one_line(url, lines):
    requests.get(f"{url}/health", headers={"Host": "evil.example"}, timeout=60)

    (line,) = lines()
    assert re.match("GET /health: refused 4.. ", line)


def test_a_message_that_is_retried_is_told_when_it_fails_first_and_when_it_is_done(url, line):
    fault = {"path": "/people", "status": 503, "times": 2}
    headers = {"Authorization": "Bearer retried"}
    requests.post(f"{url}/_mock/faults", json=fault, headers=headers, timeout=60)

    send(url, ADA, key="retried")

    assert re.match("#1 identify ada: retrying .* injected by a fault rule", line())
    assert line() == "#1 identify ada: delivered"


def test_control_characters_are_escaped_and_a_line_stays_a_line(url, lines):
    send(url, {"type": "track", "userId": "u\x1b[31m\n2", "event": "a\nb"}, key="control")

    (line,) = lines()
    assert "\x1b" not in line
    assert r"\x1b[31m" in line


def test_no_key_is_printed():
    with serving("--api-key", "right") as (process, url):
        send(url, ADA)
        requests.get(f"{url}/v1/projects/{KEY}/settings", timeout=60)
        requests.get(f"{url}/sourceConfig/?writeKey={KEY}", timeout=60)
        requests.get(f"{url}/nothing/{KEY}", headers={"Authorization": f"Bearer {KEY}"}, timeout=60)
        lines = [process.stdout.readline() for _ in range(6)] + printed(process)

    assert len(lines) == 6
    assert [line for line in lines if KEY in line] == []


def test_quiet_prints_the_ready_line_alone():
    with serving("--quiet") as (process, url):
        send(url, ADA)

        assert printed(process) == []


def test_a_server_goes_on_when_nobody_reads_what_it_prints():
    with serving() as (_, url):
        for _turn in range(10):
            send(url, *({**ADA, "userId": f"u{index}" * 20} for index in range(200)))

        assert requests.get(f"{url}/_mock/health", timeout=60).status_code == 200


def test_a_server_ends_though_nobody_reads_what_it_prints():
    with serving() as (process, url):
        send(url, *({**ADA, "userId": f"u{index}" * 20} for index in range(2000)))
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=60) == 0


@pytest.fixture(scope="module")
def quiet_url():
    with serving("--quiet") as (_, url):
        yield url


@pytest.mark.parametrize(
    ("accept", "status"), [("text/html,application/xhtml+xml,*/*;q=0.8", 302), ("*/*", 200), (None, 200)]
)
def test_the_root_leads_a_browser_to_the_dashboard_and_answers_a_health_check(quiet_url, accept, status):
    answer = requests.get(quiet_url, headers={"Accept": accept}, allow_redirects=False, timeout=60)

    assert answer.status_code == status
    assert answer.headers.get("Location") == ("/_mock/ui/" if status == 302 else None)


def test_the_demo_ends_with_a_command_that_works():
    environment = {**os.environ, "COLUMNS": "200"}
    demo = [sys.executable, "-m", "mock_custify", "demo"]
    result = subprocess.run(demo, capture_output=True, text=True, check=True, timeout=60, env=environment)

    (command,) = re.findall("next: (.*)", result.stdout)

    assert command == f"{sys.executable} -m mock_custify serve"
    assert re.findall("http://127.0.0.1:(?!8765)", result.stdout) == []


def test_each_refused_job_of_a_batch_is_one_line(url, lines):
    jobs = [
        {"type": "people", "payload": {"user_id": "u1"}},
        {"type": "event", "payload": {"name": "Paid", "user_id": "u1"}},
    ]
    headers = {"Authorization": "Bearer jobs"}

    requests.post(f"{url}/batch", json={"jobs": jobs}, headers=headers, timeout=60)

    assert lines() == ["POST /batch: refused job 2 (event) 400 | created_at is required"]
