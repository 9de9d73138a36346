"""A comparison of JSON shows each difference with its path and both values."""

import pytest

from support.json_difference import assert_same_json


@pytest.mark.parametrize(
    ("ours", "theirs", "line"),
    [
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, r"\$\.a\.b\[1\]: ours 2, theirs 3"),
        ({"a": True}, {"a": 1}, r"\$\.a: ours true, theirs 1"),
        ({"a": None}, {}, r"\$\.a: ours null, theirs \(missing\)"),
        ([1], [1, {"x": 2}], r'\$\[1\]: ours \(missing\), theirs \{"x": 2\}'),
        (b'{"a":1}', b'{"a":2}', r"\$\.a: ours 1, theirs 2"),
        ('{"a":1,"b":2}', '{"b":2,"a":1}', "the values are the same, but not the text: at 2"),
    ],
)
def test_a_difference_is_shown_with_its_path_and_both_values(ours, theirs, line):
    with pytest.raises(AssertionError, match=line):
        assert_same_json(ours, theirs)


def test_many_differences_are_counted():
    with pytest.raises(AssertionError, match=r"\.\.\. and 5 more"):
        assert_same_json(list(range(25)), [f"{number}" for number in range(25)])


@pytest.mark.parametrize("value", [{"b": 1, "a": [None, 1.5, "ü"]}, b'{"b": 1}', "[]"])
def test_the_same_json_is_accepted(value):
    assert_same_json(value, value)
