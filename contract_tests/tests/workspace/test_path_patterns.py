"""Path patterns: what they match, and that a hostile one costs no more than any other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_custify.workspace.traffic.paths import MOST_STEPS, PathMatcher
from support.api import Api

PARTS = st.sampled_from(["*", "**", "{}", "{id}", "{a}{b}", "/", "a", "b", "ab", ".", "[", "{", "{-}"])


def reference(pattern):
    """Return the regular expression that a pattern stands for; it is slow on purpose."""
    parts = re.split(r"(\*|\{\w*\})", pattern)
    named = re.compile(r"\{\w*\}")
    texts = [".*" if part == "*" else "[^/]+" if named.fullmatch(part) else re.escape(part) for part in parts]
    return re.compile("".join(texts), re.DOTALL)


@given(pattern=st.lists(PARTS, max_size=6).map("".join), path=st.text("ab/.[{-}\n", max_size=8))
def test_a_pattern_matches_what_its_definition_says(pattern, path):
    assert PathMatcher(pattern).matches(path) == (reference(pattern).fullmatch(path) is not None)


@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "*b", "a{x}" * 40 + "b", "*{x}" * 40 + "/b", "{a}{b}" * 40 + "/", "*" * 900 + "b"]
)
def test_the_steps_for_a_path_are_as_many_as_its_letters(pattern, monkeypatch):
    taken = []
    step = PathMatcher.step
    monkeypatch.setattr(
        PathMatcher, "step", lambda matcher, *place: taken.append(place) or step(matcher, *place)
    )

    PathMatcher(pattern).matches("a" * 2048)

    assert len(taken) <= 2048


def test_the_steps_that_are_kept_are_bounded():
    matcher = PathMatcher("*a" + "{x}b" * 20)

    for number in range(3 * MOST_STEPS):
        matcher.matches(chr(1000 + number))

    assert len(matcher.steps) <= MOST_STEPS


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/_mock/requests?path=" + "*a" * 600, None),
        ("POST", "/_mock/verify", {"path": "*a" * 600}),
        ("POST", "/_mock/faults", {"path": "*a" * 600, "status": 503}),
    ],
)
def test_a_pattern_that_is_too_long_is_refused(method, path, body):
    api = Api()

    answer = api.call(method, path, body)

    assert api.status == 400
    assert "path must have at most 1000 characters" in answer["error"]
