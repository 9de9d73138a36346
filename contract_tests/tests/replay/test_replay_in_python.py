"""`replay()` in Python names what is wrong with its arguments, and takes them in natural forms."""

import json
from pathlib import Path

import pytest

from mock_custify.replay import ReplayError, replay
from support.replay_cases import write_lines

ANONYMOUS = {"type": "identify", "anonymousId": "a1"}


@pytest.fixture
def archive(tmp_path):
    return write_lines(tmp_path / "messages.jsonl", [ANONYMOUS, {"type": "identify", "userId": "u1"}])


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"jobs": "2"}, "jobs must be a whole number, not '2'"),
        ({"rate": (100, 10)}, 'rate must be text such as "100/10", not (100, 10)'),
        ({"margin": "0.2"}, "margin must be a number such as 0.2, not '0.2'"),
        ({"state": Path("state.json")}, "state must be JSON or a dict, not"),
        ({"config": {"sendAnonymousID": True}}, "config: there is no setting 'sendAnonymousID'"),
        ({"against_config": {"Config": {"apikey": "k"}}}, "against_config: there is no setting 'apikey'"),
    ],
)
def test_a_wrong_option_is_named(archive, options, error):
    with pytest.raises(ReplayError) as raised:
        replay(archive, **options)

    assert error in str(raised.value)


@pytest.mark.parametrize(
    ("paths", "error"),
    [((), "there is no path"), ((["a", "b"],), "give several paths one by one"), ((b"a",), "not b'a'")],
)
def test_what_is_no_path_is_named(paths, error):
    with pytest.raises(ReplayError, match=error):
        replay(*paths)


def test_settings_may_be_those_of_a_destination(archive):
    report = replay(archive, against_config={"ID": "d1", "Config": {"sendAnonymousId": True}})

    assert report.difference.people.gained == 1


@pytest.mark.parametrize("form", [bytes, str, dict])
def test_a_state_may_be_json_or_decoded(archive, form):
    state = {"people": [{"user_id": "u1"}]}
    given = state if form is dict else json.dumps(state) if form is str else json.dumps(state).encode()

    assert replay(archive, state=given).updated.people == 1


def test_the_state_does_not_overwrite_a_file_of_the_archive(archive):
    before = archive.read_bytes()

    with pytest.raises(ReplayError, match="a file of the archive"):
        replay(archive.parent, state_out=archive)

    assert archive.read_bytes() == before
