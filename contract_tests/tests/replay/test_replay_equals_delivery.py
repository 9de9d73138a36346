"""The state after a replay is the state that the delivery of the messages leaves, whoever folds them."""

from functools import cache
from importlib.util import find_spec

import pytest

from mock_custify.replay.estimate import Rate
from mock_custify.replay.run import Options, plan_of, run
from support.json_difference import assert_same_json
from support.replay_cases import CONFIG, comparable, odd, shop, state_after, write_lines

FIRST = 500  # messages that come before the state
MESSAGES = shop(800) + odd(400)
PROFILES = ("documented", "production")
ENGINES = {
    "in one go": {},
    "in one shard": {"together": 0, "shard": 10**9},
    "in memory at first": {"together": 20, "shard": 40},
    "in many shards": {"together": 0, "shard": 40},
    "by two processes": {"jobs": 2},
    "by five processes": {"jobs": 5},
    "by Ray": {"engine": "ray", "jobs": 2},
}

AVAILABLE = [name for name in ENGINES if name != "by Ray" or find_spec("ray")]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_lines(tmp_path_factory.mktemp("archive") / "messages.jsonl.gz", MESSAGES)


@cache
def delivered(profile):
    return state_after(MESSAGES, CONFIG, profile)


def outcome(archive, folder, profile, state=b"{}", messages=None, **options):
    """Return the report and the state after a replay, both as JSON text."""
    path = write_lines(folder / "messages.jsonl", messages) if messages is not None else archive
    plan = plan_of(profile, CONFIG, None, CONFIG, state, keeps_state=True)
    report = run(plan, Options(Rate(), state_out=str(folder / "state"), **options), [str(path)])
    return report.to_json(), (folder / "state").read_bytes()


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("how", ["in one go", "in many shards"])
def test_the_state_is_that_of_a_delivery(archive, tmp_path, profile, how):
    _, state = outcome(archive, tmp_path, profile, **ENGINES[how])

    assert_same_json(comparable(state), delivered(profile))


@pytest.fixture(scope="module")
def first(archive, tmp_path_factory):
    return outcome(archive, tmp_path_factory.mktemp("first"), "documented")


@pytest.mark.parametrize("how", AVAILABLE)
def test_all_engines_give_the_same_report_and_state_byte_for_byte(archive, tmp_path, first, how):
    for found, wanted in zip(outcome(archive, tmp_path, "documented", **ENGINES[how]), first, strict=True):
        assert_same_json(found, wanted)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("how", ["in one go", "in many shards"])
def test_a_replay_goes_on_from_a_state(archive, tmp_path, profile, how):
    """What the state ties together stays together: a person is named by user_id here, by email there."""
    _, before = outcome(archive, tmp_path, profile, messages=MESSAGES[:FIRST])

    _, state = outcome(archive, tmp_path, profile, before, messages=MESSAGES[FIRST:], **ENGINES[how])

    assert_same_json(comparable(state), delivered(profile))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_what_if_with_equal_settings_is_empty(archive, profile):
    plan = plan_of(profile, CONFIG, profile, CONFIG, b"{}", keeps_state=False)

    report = run(plan, Options(Rate()), [str(archive)])

    assert sum(sum(words.values()) for words in report.to_json_difference().values()) == 0
    assert report.causes == []
