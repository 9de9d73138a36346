"""A missing extra is one line that names it; everything else works without the extras."""

import json
import subprocess
import sys

import pytest

from mock_custify.missing_extra import how_to_install

# A name that is None in sys.modules cannot be imported, as if the package were not installed.
RUN = """
import sys
sys.modules.update(dict.fromkeys(["hypothesis", "pytest", "trustme"]))
from mock_custify.cli import main
main()
"""


HELPED = ["serve", "transform", "send", "show", "demo"]
ALL_HELP = RUN.replace(
    "main()", f"for name in {HELPED}: main([name, '--help'], 'mock-custify', standalone_mode=False)"
)


def run(*arguments, text="", code=RUN):
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=text, timeout=120)


@pytest.fixture(scope="module")
def helped():
    return run(code=ALL_HELP).stdout


def test_the_contract_without_hypothesis_names_its_extra_in_one_line():
    result = run("contract", "--list")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"mock-custify: contract needs Hypothesis: {how_to_install('contract')}\n"


def test_tls_without_trustme_names_its_extra_in_one_line(tmp_path):
    result = run("serve", "--port", "0", "--tls", str(tmp_path))

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"mock-custify: --tls needs trustme: {how_to_install('tls')}\n"


@pytest.mark.parametrize("command", HELPED)
def test_a_command_needs_no_extra(helped, command):
    assert f"Usage: mock-custify {command} " in helped


def test_transform_needs_no_extra():
    message = {"message": {"type": "identify", "userId": "u1"}, "destination": {"Config": {"apiKey": "k"}}}

    assert json.loads(run("transform", text=json.dumps(message)).stdout)["ok"] is True


def test_the_fake_in_process_needs_no_extra():
    code = RUN.replace("main()", "from mock_custify import MockCustify\nwith MockCustify(): print('ok')")

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert result.stdout == "ok\n", result.stderr
