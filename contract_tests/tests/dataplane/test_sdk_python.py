"""The real Python SDKs of RudderStack and Segment, unmodified but for the address they send to."""

import subprocess
import sys

import pytest
import requests

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread
from support.dataplane import bearer
from support.paths import ROOT
from support.scenario import BURST, COMPANY, EXPECTED, PROPERTIES, TRAITS, outcome

rudder = pytest.importorskip("rudderstack.analytics.client", reason="rudder-sdk-python is not installed")
segment = pytest.importorskip("segment.analytics.client", reason="segment-analytics-python is not installed")


@pytest.fixture
def url():
    server = ServerThread(create_app())
    yield server.url
    server.stop()


def run_scenario(client):
    """Send the scenario as an application would."""
    client.identify("u1", TRAITS)
    client.group("u1", 77, COMPANY)
    client.track("u1", "Signed Up", PROPERTIES)
    for number in range(BURST):
        client.track("u1", f"Burst {number}")
    client.flush()
    client.join()


def test_everything_that_rudderstacks_sdk_sends_arrives_once(url):
    errors = []
    client = rudder.Client("rudder-py", host=url, on_error=lambda *error: errors.append(error))

    run_scenario(client)

    assert errors == []
    assert outcome(url, "rudder-py") == EXPECTED


def test_everything_that_segments_sdk_sends_arrives_once(url):
    errors = []
    client = segment.Client("segment-py", host=url, on_error=lambda *error: errors.append(error))

    run_scenario(client)

    assert errors == []
    assert outcome(url, "segment-py") == EXPECTED


def test_a_refused_batch_is_not_sent_again(url):
    errors = []
    client = rudder.Client("rudder-py", host=url, max_retries=3, on_error=lambda *error: errors.append(error))

    client.track("\u200b", "Names nobody who can be seen")
    client.flush()
    client.join()

    assert len(errors) == 1
    assert "request neither has anonymousId nor userId" in str(errors[0][0])
    assert len(deliveries_of(url)) == 1


def deliveries_of(url):
    """Return what became of what came in."""
    return requests.get(f"{url}/_mock/deliveries", headers=bearer("rudder-py"), timeout=60).json()[
        "deliveries"
    ]


def test_the_python_example_runs(url):
    command = [sys.executable, str(ROOT / "examples" / "python" / "app.py"), url]

    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    state = requests.get(f"{url}/_mock/state", headers=bearer("demo-key"), timeout=60).json()
    assert (run.returncode, run.stderr) == (0, "")
    assert state["people"][0]["companyNames"] == ["Acme Inc"]
    assert state["events"][0]["metadata"] == {"value": 120, "first": True}
