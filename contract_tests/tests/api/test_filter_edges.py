"""Filters at their edges: zero, false and nothing, the ends of ranges, and the days where periods meet."""

from datetime import date, timedelta

import pytest

from support.api import asked

DAY = timedelta(days=1)
NOW = "2026-05-14T12:00:00.000Z"  # a Thursday


@pytest.fixture(autouse=True)
def _frozen(api):
    api.freeze(NOW)


def finds(api, have, kind, operator, value=None):
    """Tell whether a filter finds a company with a value, beside one that has none."""
    companies = [{"company_id": "without"}, {"company_id": "with", "custom_attributes": {"x": have}}]
    api.put("/_mock/state", {"companies": companies})
    page = api.get("/company/all", filters=asked("custom_attributes.x", kind, operator, value))
    assert api.status == 200, page
    return "with" in [company["company_id"] for company in page["companies"]]


@pytest.mark.parametrize(
    ("have", "operator", "value", "found"),
    [
        (0, "greater", 0, False),
        (0, "greater", -1, True),
        (0, "lower", 0, False),
        (0, "lower", "0.5", True),
        (-2, "lower", -1, True),
        (0, "between", [0, 0], True),
        (1, "between", [1, 2], True),
        (2, "between", ["1", "2"], True),
        (2.01, "between", [1, 2], False),
        ("7", "greater", "5", True),
        ("10", "greater", 9, True),
        (True, "greater", 0, False),
        ("many", "greater", 0, False),
        (0, "is_unknown", None, False),
        (0, "any_value", None, True),
    ],
)
def test_a_number_is_compared_as_one(api, have, operator, value, found):
    assert finds(api, have, "Number", operator, value) is found


@pytest.mark.parametrize(
    ("have", "operator", "found"),
    [
        (True, "true", True),
        (False, "true", False),
        (False, "false", True),
        (True, "false", False),
        ("TRUE", "true", True),
        (0, "false", False),
        ("", "false", False),
    ],
)
def test_a_flag_is_true_or_false_and_nothing_else(api, have, operator, found):
    assert finds(api, have, "Boolean", operator) is found


@pytest.mark.parametrize(
    ("have", "operator", "value", "found"),
    [
        ("xAz", "contains", "a", True),
        ("xaz", "contains", "A", True),
        ("abc", "starts_with", "AB", True),
        ("abc", "starts_with", "bc", False),
        ("abc", "ends_with", "BC", True),
        ("abc", "ends_with", "ab", False),
        ("xAz", "does_not_contain", "a", False),
        ("xyz", "does_not_contain", "a", True),
        ("", "does_not_contain", "a", True),
        (["b", "xa"], "does_not_contain", "a", False),
        (["b", "xa"], "contains", "a", True),
        (12, "contains", "2", True),
        ("", "is_unknown", None, True),
        ([], "is_unknown", None, True),
        (False, "is_unknown", None, False),
        ("", "any_value", None, False),
        (False, "any_value", None, True),
    ],
)
def test_a_text_is_compared_without_regard_to_case(api, have, operator, value, found):
    assert finds(api, have, "String", operator, value) is found


@pytest.mark.parametrize(
    ("have", "operator", "value", "found"),
    [
        (["a", "b"], "is_any_of", ["B", "z"], True),
        (["a"], "is_any_of", ["b"], False),
        (["a", "b", "c"], "is_all_of", ["a", "B"], True),
        (["a"], "is_all_of", ["a", "b"], False),
        (["a", "b"], "is_none_of", ["b"], False),
        (["a"], "is_none_of", ["b"], True),
        ([], "is_none_of", ["b"], True),
        (["a"], "is_any_of", "a,b", False),
        ("a,b", "is_any_of", "A,B", True),
        (5, "is_any_of", [5], True),
        (0, "is_any_of", [0], True),
        ([], "is_unknown", None, True),
        (["a"], "any_value", None, True),
    ],
)
def test_choices_are_compared_each_by_itself(api, have, operator, value, found):
    assert finds(api, have, "Dropdown", operator, value) is found


@pytest.mark.parametrize(
    ("have", "operator", "days", "found"),
    [
        ("2026-05-11T12:00:00Z", "exactly", 3, True),
        ("2026-05-11T12:00:01Z", "exactly", 3, False),
        ("2026-05-11T12:00:01Z", "exactly", 2, True),
        ("2026-05-11T12:00:01Z", "less_than", 3, True),
        ("2026-05-11T12:00:00Z", "less_than", 3, False),
        ("2026-05-11T12:00:00Z", "more_than", 3, False),
        ("2026-05-10T12:00:00Z", "more_than", 3, True),
        ("2026-05-14T12:00:00Z", "exactly", 0, True),
        ("2026-05-14T12:00:01Z", "exactly", 0, False),
        ("2026-05-14T12:00:01Z", "less_than", 9, False),
        ("2026-05-11T14:00:00+02:00", "exactly", "3", True),
    ],
)
def test_the_age_of_a_date_is_in_whole_days_and_the_future_has_none(api, have, operator, days, found):
    assert finds(api, have, "Date", operator, days) is found


@pytest.mark.parametrize(
    ("have", "operator", "value", "found"),
    [
        ("2026-05-10T23:59:59Z", "after", "2026-05-10", False),
        ("2026-05-11", "after", "2026-05-10", True),
        ("2026-05-11T01:00:00+02:00", "after", "2026-05-10", False),
        ("2026-05-10", "before", "2026-05-10T23:00:00Z", False),
        ("2026-05-09T23:00:00-02:00", "before", "2026-05-10", False),
        ("2026-05-09T23:59:59Z", "before", "2026-05-10", True),
        ("2026-05-10T23:59:59Z", "on", "2026-05-10", True),
        ("2026-05-11T01:00:00+02:00", "on", "2026-05-10", True),
        ("2026-05-12T23:59:59Z", "between", ["2026-05-10", "2026-05-12"], True),
        ("2026-05-10", "between", ["2026-05-10", "2026-05-12"], True),
        ("2026-05-13", "between", ["2026-05-10", "2026-05-12"], False),
    ],
)
def test_dates_are_compared_by_their_days_in_utc(api, have, operator, value, found):
    assert finds(api, have, "Date", operator, value) is found


@pytest.mark.parametrize(
    ("now", "operator", "first", "last"),
    [
        ("2026-05-14", "this_week", "2026-05-11", "2026-05-17"),
        ("2026-05-17", "this_week", "2026-05-11", "2026-05-17"),
        ("2026-05-11", "this_week", "2026-05-11", "2026-05-17"),
        ("2026-05-11", "last_week", "2026-05-04", "2026-05-10"),
        ("2026-01-01", "last_week", "2025-12-22", "2025-12-28"),
        ("2026-02-10", "this_month", "2026-02-01", "2026-02-28"),
        ("2026-12-31", "this_month", "2026-12-01", "2026-12-31"),
        ("2026-03-31", "last_month", "2026-02-01", "2026-02-28"),
        ("2024-03-01", "last_month", "2024-02-01", "2024-02-29"),
        ("2026-01-15", "last_month", "2025-12-01", "2025-12-31"),
        ("2026-05-14", "this_quarter", "2026-04-01", "2026-06-30"),
        ("2026-12-31", "this_quarter", "2026-10-01", "2026-12-31"),
        ("2026-01-01", "last_quarter", "2025-10-01", "2025-12-31"),
        ("2026-06-30", "last_quarter", "2026-01-01", "2026-03-31"),
        ("2026-05-14", "this_year", "2026-01-01", "2026-12-31"),
        ("2026-01-01", "last_year", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_lasts_from_its_first_to_its_last_day(api, now, operator, first, last):
    api.freeze(now)
    before, after = date.fromisoformat(first) - DAY, date.fromisoformat(last) + DAY

    found = [finds(api, str(day), "Date", operator) for day in (before, first, last, after)]

    assert found == [False, True, True, False]


@pytest.mark.parametrize(
    ("kind", "operator", "value", "other"),
    [
        ("Currency", "between", [6, 7], [8, 9]),
        ("Currency", "greater", 6, 7),
        ("Currency", "lower", 8, 7),
        ("Tag", "is_any_of", ["7"], ["8"]),
        ("Tag", "is_all_of", ["7"], ["7", "8"]),
        ("Tag", "is_none_of", ["8"], ["7"]),
        ("User", "is_in", ["7"], ["8"]),
        ("User", "is_not_in", ["8"], ["7"]),
        ("Company", "is_in", "7", "8"),
    ],
)
def test_kinds_with_the_same_operators_find_the_same(api, kind, operator, value, other):
    assert (finds(api, 7, kind, operator, value), finds(api, 7, kind, operator, other)) == (True, False)
