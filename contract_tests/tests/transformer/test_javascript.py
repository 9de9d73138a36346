"""JSON is read and printed as JavaScript does. The expected texts are those of Node."""

import re
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custify_transformer.javascript import UNDEFINED, NotJsonError, decode, encode, get, is_truthy, text
from support.json_difference import assert_same_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("12345678901234567890", "12345678901234567000"),
        ("9007199254740993", "9007199254740992"),
        ("-9007199254740993", "-9007199254740992"),
        ("1.0", "1"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("1e400", "null"),
        ("-1e400", "null"),
        ("1" + "0" * 400, "null"),
        ("1" + "0" * 5000, "null"),
        (r'["\ud800", 12345678901234567890]', r'["\ud800",12345678901234567000]'),
        ('["é", 1.0]', '["é",1]'),
        ("1e21", "1e+21"),
        ("123456789012345680000", "123456789012345680000"),
        ("0.000001", "0.000001"),
        ("1e-7", "1e-7"),
        ("1.5e-10", "1.5e-10"),
        ("123456789012345.67", "123456789012345.67"),
        ("0.1", "0.1"),
        ('[true, null, "x"]', '[true,null,"x"]'),
        ('{"b": 1, "10": 2, "2": 3, "01": 4}', '{"2":3,"10":2,"b":1,"01":4}'),
        ('{"a": 1, "b": 2, "a": 3}', '{"a":3,"b":2}'),
        ('{"4294967295": 1, "a": 2, "4294967294": 3}', '{"4294967294":3,"4294967295":1,"a":2}'),
        (r'"\ud800"', r'"\ud800"'),
        (r'"\ud83d\ude00"', '"😀"'),
        (r'{"\udfff": ["\ud800x"]}', r'{"\udfff":["\ud800x"]}'),
        (r'"\u2028\u007f\u0001\/"', '"\u2028\x7f\\u0001/"'),
    ],
)  # fmt: skip
def test_a_line_comes_out_as_javascript_prints_it(line, printed):
    assert_same_json(encode(decode(line)), printed)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "NaN",
        "Infinity",
        "-Infinity",
        "[NaN]",
        "{",
        "[1,]",
        "01",
        "1.",
        "'a'",
        "\ufeff1",
        '"\n"',
        "1 2",
        b"\xff",
        b'"\xc3"',
        b"\xef\xbb\xbf1",
    ],
)
def test_what_is_not_json_is_refused(line):
    with pytest.raises(NotJsonError):
        decode(line)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1", "a comma or the end of an array or object is missing (character 3)"),
        (b'"\xc3"', "not UTF-8 (byte 1)"),
        ("[NaN]", "NaN is not JSON"),
    ],
)
def test_a_refusal_of_a_line_tells_what_and_where(line, told):
    with pytest.raises(NotJsonError, match=f"^{re.escape(told)}$"):
        decode(line)


@pytest.mark.parametrize("whole", [1, 9007199254740993])
def test_a_whole_number_is_read_as_it_was_written_beside_a_lone_surrogate(whole):
    assert repr(decode(rf'["\ud800", {whole}]')[1]) == repr(whole)


@pytest.mark.parametrize("before", ["", r'"\ud800",'])
def test_a_line_nested_too_deeply_is_refused(before):
    with pytest.raises(NotJsonError, match="nested too deeply"):
        decode(f"[{before}{'[' * 100_000}{']' * 100_000}]")


@pytest.mark.parametrize("inmost", [[], 1.0, "\ud800"])
def test_a_value_nested_too_deeply_is_not_printed(inmost):
    nested = reduce(lambda inner, _: [inner], range(100_000), inmost)

    with pytest.raises(NotJsonError, match="nested too deeply"):
        encode(nested)


def test_a_value_nested_too_deeply_after_a_double_is_not_printed():
    nested = reduce(lambda inner, _: [inner], range(100_000), [])

    with pytest.raises(NotJsonError, match="nested too deeply"):
        encode([1.0, nested])


def test_what_is_no_number_is_printed_as_null():
    assert encode([float("nan")]) == b"[null]"


def test_what_is_no_json_value_is_not_printed():
    with pytest.raises(NotJsonError, match="object is not a JSON value"):
        encode([object()])


@given(value=JSON)
def test_what_is_printed_is_read_back(value):
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (1.0, "1"),
        (0.5, "0.5"),
        (float("nan"), "NaN"),
        (1e21, "1e+21"),
        (1e-7, "1e-7"),
        (0.000001, "0.000001"),
        (-1.5, "-1.5"),
        (10**400, "Infinity"),
        (-(10**400), "-Infinity"),
        (float("-inf"), "-Infinity"),
        ([1, [2, None], {}], "1,2,,[object Object]"),
        ([[], [1]], ",1"),
        ([], ""),
        ([None], ""),
        ({}, "[object Object]"),
        (UNDEFINED, "undefined"),
    ],
)
def test_text_is_what_javascript_makes_of_a_value(value, printed):
    assert text(value) == printed


@pytest.mark.parametrize(
    ("value", "truth"), [([], True), ({}, True), (0, False), ("", False), (UNDEFINED, False), ("0", True)]
)
def test_truth_is_javascripts(value, truth):
    assert is_truthy(value) is truth


@pytest.mark.parametrize(
    ("value", "path", "found"),
    [
        ({"traits.email": "lit", "traits": {"email": "n"}}, "traits.email", "lit"),
        ({"a": {"b.c": 3}}, "a.b.c", 3),
        ({"a.b": {"c": 4}}, "a.b.c", 4),
        ({"a": {"x": 1}, "a.b": {"c": 4}}, "a.b.c", UNDEFINED),
        ({"a": "text"}, "a.length", UNDEFINED),
        ({"a": None}, "a", None),
        ({"a": [5, 6]}, "a.1", 6),
        ({"a": [5, 6]}, "a.01", UNDEFINED),
        ({"a": [5, 6]}, "a.-1", UNDEFINED),
        ({"a": [5, 6]}, "a.length", 2),
        ({"a.b": 7}, "a\\.b", 7),
        ({"x": {"a.b": 7}}, "x.a\\.b", 7),
        ({"x": {"a.b.c": 7}}, "x.a\\.b\\.c", 7),
        ({"": {"": 8}}, ".", 8),
        ({}, "__proto__", {}),
        ("text", "a.b", "text"),
    ],
)
def test_a_path_leads_where_the_original_finds_it(value, path, found):
    assert get(value, path) == found
