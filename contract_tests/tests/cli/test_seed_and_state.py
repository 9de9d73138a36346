"""`serve --seed FILE --state FILE` says which of the two files counts for which workspace."""

import subprocess
import sys
from contextlib import contextmanager

import pytest
import requests

from mock_custify import create_app
from mock_custify.state.state_file import Keeper
from mock_custify.workspace import Store

COMMAND = [sys.executable, "-m", "mock_custify", "serve", "--port", "0", "--quiet"]


@contextmanager
def serving(*options):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*COMMAND, *map(str, options)], **pipes) as process:
        try:
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def people(url, key):
    headers = {"Authorization": f"Bearer {key}"}
    state = requests.get(f"{url}/_mock/state", headers=headers, timeout=60).json()
    return [person["user_id"] for person in state["people"]]


@pytest.fixture
def options(tmp_path):
    """The options of a server with a seed file, and a state file with the workspace of the key `old`."""
    (tmp_path / "seed.json").write_text('{"people": [{"user_id": "seeded"}]}')
    store = Store()
    headers = {"Authorization": "Bearer old"}
    create_app(store).test_client().post("/people", json={"user_id": "kept"}, headers=headers)
    keeper = Keeper(store, tmp_path / "state.json")
    keeper.start()
    keeper.stop()
    return ["--state", tmp_path / "state.json", "--seed", tmp_path / "seed.json"]


def test_the_state_file_counts_for_its_workspaces_and_the_seed_file_for_new_ones(options, tmp_path):
    with serving(*options) as (process, url):
        found = people(url, "old"), people(url, "new")
        process.terminate()
        told = process.stderr.read()

    assert found == (["kept"], ["seeded"])
    assert told == (
        f"--seed: the workspaces in {tmp_path / 'state.json'} keep their records; a new workspace, and each"
        " workspace after a reset, starts from the seed file\n"
    )


def test_a_new_state_file_leaves_nothing_to_say(options, tmp_path):
    new = ["--state", tmp_path / "new.json", *options[2:]]
    with serving(*new) as (process, url):
        found = people(url, "any")
        process.terminate()
        told = process.stderr.read()

    assert (found, told) == (["seeded"], "")
