"""The example in another language runs as it stands; the Python ones are tests themselves."""

import subprocess

from mock_custify import MockCustify
from support.paths import ROOT

SCRIPT = ROOT / "examples" / "with_curl.sh"


def test_the_shell_example_passes():
    with MockCustify.serve() as server:
        command = ["/bin/sh", str(SCRIPT), server.url]

        result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (0, "ok\n"), result.stderr
