"""Every example runs in a test."""

import subprocess
from pathlib import Path

import pytest

from mock_custify import MockCustify
from support.paths import ROOT, TESTS

SCRIPT = ROOT / "examples" / "with_curl.sh"


def test_the_shell_example_passes():
    with MockCustify.serve() as server:
        command = ["/bin/sh", str(SCRIPT), server.url]

        result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (0, "ok\n"), result.stderr


# The test that runs each example. pytest itself runs the files test_*.py.
TESTS_OF = {
    "browser/index.html": "dashboard/test_browser_example.py",
    "messages.jsonl": "project/test_first_steps.py",
    "node/app.js": "dataplane/test_sdk_node.py",
    "python/app.py": "dataplane/test_sdk_python.py",
    "sync_people.py": "project/test_documented_python.py",
    "with_curl.sh": "project/test_examples.py",
}
# It needs a container engine. docs/ci.md shows its lines.
NOT_RUN = {"with_testcontainers.py"}


def test_every_example_runs_in_a_test():
    examples = {
        path.relative_to(SCRIPT.parent).as_posix()
        for path in SCRIPT.parent.rglob("*")
        if path.is_file() and not {"__pycache__", "shop-archive"} & {*path.parts}
    }
    own = {name for name in examples if name.startswith("test_")} | {"__init__.py"}

    assert examples - own - NOT_RUN == set(TESTS_OF)


@pytest.mark.parametrize(("example", "test"), TESTS_OF.items())
def test_the_test_of_an_example_names_it(example, test):
    assert Path(example).name.removesuffix(".py") in (TESTS / test).read_text()


def test_the_example_with_a_container_is_valid_python():
    path = SCRIPT.with_name("with_testcontainers.py")

    compile(path.read_text(), str(path), "exec")
