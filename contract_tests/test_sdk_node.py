"""The real SDKs for Node and for browsers, unmodified but for the address they send to.

`npm install --prefix contract_tests/sdk` installs them; the one for browsers runs in jsdom.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from contract_tests.scenario import BURST, EXPECTED, outcome
from mock_custify.app import create_app
from mock_custify.web.server import ServerThread

SDK = Path(__file__).parent / "sdk"
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="node is not installed"),
    pytest.mark.skipif(
        not (SDK / "node_modules").exists(),
        reason="the SDKs are not installed: npm install --prefix contract_tests/sdk",
    ),
]


@pytest.mark.parametrize("driver", ["rudder_node", "segment_node", "rudder_js"])
def test_everything_that_the_sdk_sends_arrives_once(driver):
    server = ServerThread(create_app())
    command = [NODE, str(SDK / f"{driver}.cjs"), server.url, driver, str(BURST)]

    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    found = outcome(server.url, driver)
    server.stop()

    assert (run.returncode, run.stderr, json.loads(run.stdout)) == (0, "", {"errors": []})
    assert found == EXPECTED
