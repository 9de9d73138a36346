"""The same seed gives the same run: in any process, with any hash seed, in any order of laws, under xdist."""

import json
import os
import subprocess
import sys

import pytest

from custify_contract.laws import get_law
from custify_contract.run import in_process_targets, run_law
from custify_contract.run.failure_report import failure_report
from custify_contract.sequences import run_machine
from support.json_difference import assert_same_json
from support.paths import TESTS

LAWS = (
    *("identify.values", "group.attributes", "group.odd-traits", "track.properties", "identify.whole"),
    *("message.in-turn", "group.retry-without-group-id", "association.carries.no-no", "api.sequences"),
    *("api.field-values", "faults.group", "example.group-without-id"),
)
PRINT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from contract.test_same_seed_same_run import LAWS, results
print(json.dumps(results(LAWS)))
"""
UNDER_XDIST = """
import json, sys
from pathlib import Path
import pytest
sys.path.insert(0, {tests!r})
from contract.test_same_seed_same_run import LAWS, results

@pytest.mark.parametrize("law", LAWS)
def test_law(law):
    Path({folder!r}, law).write_text(json.dumps(results([law])[law]), encoding="utf-8")
"""


def results(laws, seed=5):
    """Return the result of each law with the profile production, and the report of each broken one."""
    targets = in_process_targets("production")
    found = {}
    for law_id in laws:
        result = run_law(get_law(law_id), targets, 40, seed)
        report = failure_report(result).text() if result.trial else ""
        found[law_id] = [result.outcome, result.tried, result.broken, report]
    return found


@pytest.fixture(scope="module")
def here():
    return results(LAWS)


def test_some_of_the_laws_break_and_some_hold(here):
    assert {result[0] for result in here.values()} == {"broken", "holds"}


def test_a_second_run_in_one_process_is_the_same(here):
    assert_same_json(results(LAWS), here)


def test_another_order_of_the_laws_changes_nothing(here):
    assert_same_json(results(LAWS[::-1]), here)


def test_another_seed_is_another_run(here):
    assert results(LAWS, seed=6) != here


@pytest.mark.parametrize("hash_seed", ["0", "7"])
def test_a_run_in_another_process_is_the_same(here, hash_seed):
    done = subprocess.run(
        [sys.executable, "-c", PRINT, str(TESTS)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
        text=True,
    )

    assert_same_json(json.loads(done.stdout), here)


def test_a_run_under_xdist_is_the_same(here, tmp_path):
    (tmp_path / "test_laws.py").write_text(
        UNDER_XDIST.format(tests=str(TESTS), folder=str(tmp_path)), encoding="utf-8"
    )
    plugins = ["-p", "no:cacheprovider", "-p", "no:schemathesis"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *plugins, "test_laws.py"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert_same_json({law: json.loads((tmp_path / law).read_text(encoding="utf-8")) for law in LAWS}, here)


def test_the_state_machine_gives_the_same_sequences_in_any_order():
    first = [run_machine(examples=20, run_seed=seed) for seed in (1, 2)]

    assert [run_machine(examples=20, run_seed=seed) for seed in (2, 1)][::-1] == first
