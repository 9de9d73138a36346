"""A wrong option of `replay` in Python is a ReplayError that says what to do."""

import pytest

from mock_custify.replay import replay
from mock_custify.replay.errors import ReplayError


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"type": "identify", "userId": "u1"}')
    return path


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"profile": "x"}, "there is no profile 'x': choose documented or production"),
        ({"against_profile": "x"}, "there is no profile 'x': choose documented or production"),
        ({"jobs": 0}, "there cannot be 0 jobs: at least 1 is needed"),
        ({"engine": "x"}, "there is no engine 'x': choose local or ray"),
        ({"rate": "1"}, "--rate 1: expected CALLS/SECONDS, such as 100/10"),
    ],
)
def test_a_wrong_option_is_named(archive, options, text):
    with pytest.raises(ReplayError) as caught:
        replay(archive, **options)

    assert str(caught.value) == text


def test_a_state_that_cannot_be_written_is_named(archive, tmp_path):
    with pytest.raises(ReplayError, match="state cannot be written: No such file or directory"):
        replay(archive, state_out=tmp_path / "missing" / "state")
