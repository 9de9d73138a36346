"""The real SDKs for Node and for browsers, unmodified but for the address they send to.

`npm install --prefix contract_tests/tests/sdk` installs them; the one for browsers runs in jsdom.
"""

import json
import os
import shutil
import subprocess

import pytest
import requests

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread
from support.dataplane import bearer
from support.paths import ROOT, TESTS
from support.scenario import BURST, EXPECTED, outcome

SDK = TESTS / "sdk"
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="node is not installed"),
    pytest.mark.skipif(
        not (SDK / "node_modules").exists(),
        reason="the SDKs are not installed: npm install --prefix contract_tests/tests/sdk",
    ),
]


@pytest.mark.parametrize("driver", ["rudder_node", "segment_node", "rudder_js"])
def test_everything_that_the_sdk_sends_arrives_once(driver):
    server = ServerThread(create_app())
    command = [NODE, str(SDK / f"{driver}.cjs"), server.url, driver, str(BURST)]

    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    found = outcome(server.url, driver)
    server.stop()

    assert (run.returncode, run.stderr, json.loads(run.stdout)) == (0, "", {"errors": []})
    assert found == EXPECTED


def test_the_node_example_runs():
    server = ServerThread(create_app())
    script = ROOT / "examples" / "node" / "app.js"
    modules = {**os.environ, "NODE_PATH": str(SDK / "node_modules")}

    run = subprocess.run(
        [NODE, str(script), server.url], capture_output=True, text=True, timeout=120, check=False, env=modules
    )
    state = requests.get(f"{server.url}/_mock/state", headers=bearer("demo-key"), timeout=60).json()
    server.stop()

    assert (run.returncode, run.stderr) == (0, "")
    assert state["people"][0]["companyNames"] == ["Acme Inc"]
