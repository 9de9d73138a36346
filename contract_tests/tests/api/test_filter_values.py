"""The edges of filters: first and last days of periods, ages to the second, values that fit no operator."""

import pytest

from mock_custify.values import DATE_PATTERN
from support.api import asked

NAMED = {"fieldName": {"type": "string", "minLength": 1}}
WEDNESDAY = "2026-05-13T12:00:00Z"
PERIODS = {
    "this_week": ("2026-05-11", "2026-05-17", "2026-05-10", "2026-05-18"),
    "last_week": ("2026-05-04", "2026-05-10", "2026-05-03", "2026-05-11"),
    "this_month": ("2026-05-01", "2026-05-31", "2026-04-30", "2026-06-01"),
    "last_month": ("2026-04-01", "2026-04-30", "2026-03-31", "2026-05-01"),
    "this_quarter": ("2026-04-01", "2026-06-30", "2026-03-31", "2026-07-01"),
    "last_quarter": ("2026-01-01", "2026-03-31", "2025-12-31", "2026-04-01"),
    "this_year": ("2026-01-01", "2026-12-31", "2025-12-31", "2027-01-01"),
    "last_year": ("2025-01-01", "2025-12-31", "2024-12-31", "2026-01-01"),
}


def found(api, name, kind, operator, value=None):
    """Return the company_ids that a filter finds."""
    page = api.get("/company/all", filters=asked(name, kind, operator, value))
    return [company["company_id"] for company in page["companies"]]


@pytest.mark.parametrize("operator", PERIODS)
def test_a_period_holds_its_first_and_its_last_day_and_no_other(api, operator):
    api.freeze(WEDNESDAY)
    days = PERIODS[operator]
    moments = [f"{days[0]}T00:00:00Z", f"{days[1]}T23:59:59.999Z", f"{days[2]}T23:59:59.999Z", days[3]]
    companies = [{"company_id": str(at), "signed_up_at": moment} for at, moment in enumerate(moments)]
    api.put("/_mock/state", {"companies": companies})

    assert found(api, "signed_up_at", "Date", operator) == ["1", "0"]


@pytest.mark.parametrize("now", ["2026-01-01", "2026-03-31T23:59:59Z", "2024-02-29", "2026-12-31T23:00:00Z"])
@pytest.mark.parametrize("period", ["week", "month", "quarter", "year"])
def test_today_lies_in_this_period_and_never_in_the_last_one(api, period, now):
    api.freeze(now)
    api.company(signed_up_at=now)

    both = [found(api, "signed_up_at", "Date", f"{which}_{period}") for which in ("this", "last")]

    assert both == [["g1"], []]


@pytest.mark.parametrize(
    ("operator", "value", "hit"),
    [
        ("less_than", 1, True),
        ("exactly", 0, True),
        ("more_than", 0, False),
        ("exactly", 1, False),
        ("less_than", 0, False),
    ],
)
def test_a_date_of_this_very_moment_is_no_whole_day_old(api, operator, value, hit):
    api.freeze(WEDNESDAY)
    api.company(signed_up_at=WEDNESDAY)

    assert found(api, "signed_up_at", "Date", operator, value) == ["g1"] * hit


@pytest.mark.parametrize("moment", ["2026-05-13T00:30:00+02:00", "2026-05-12T22:30:00Z"])
def test_days_are_days_in_utc(api, moment):
    api.company(signed_up_at=moment)

    assert found(api, "signed_up_at", "Date", "on", "2026-05-12") == ["g1"]
    assert found(api, "signed_up_at", "Date", "on", "2026-05-13T01:00:00+02:00") == ["g1"]


@pytest.mark.usefixtures("tokyo")
def test_days_are_days_in_utc_wherever_the_server_stands(api):
    api.company(signed_up_at="2026-05-12T22:30:00Z")

    assert found(api, "signed_up_at", "Date", "on", "2026-05-12") == ["g1"]


@pytest.mark.parametrize(
    ("kind", "operator", "value", "words"),
    [
        ("Number", "greater", True, "a number"),
        ("Number", "between", [1], "an array of two numbers"),
        ("Number", "between", [1, 2, 3], "an array of two numbers"),
        ("String", "contains", True, "a text"),
        ("String", "contains", "", "a text"),
        ("String", "contains", [], "a text"),
        ("Date", "on", 5, "a date such as 2026-01-31"),
        ("Date", "on", "x", "a date such as 2026-01-31"),
        ("Date", "between", ["2026-01-31"], "an array of two dates such as 2026-01-31"),
        ("Date", "exactly", -1, "a number of whole days"),
        ("Date", "exactly", 1.5, "a number of whole days"),
        ("Dropdown", "is_any_of", [], "an array of values"),
        ("Dropdown", "is_any_of", [None], "an array of values"),
        ("Segment", "is_any_of", [], "an array of values"),
    ],
)
def test_a_value_that_fits_no_operator_is_told_what_it_has_to_be(api, kind, operator, value, words):
    answer = api.get("/company/all", filters=asked("x", kind, operator, value))

    text = f"filters[0]: filterType {operator!r} needs {words} as its filterValue, not {value!r}"
    assert (api.status, answer) == (400, {"error": text})


@pytest.mark.parametrize(
    ("have", "kind", "operator", "value"),
    [
        (True, "Dropdown", "is_any_of", ["true"]),
        (True, "Dropdown", "is_any_of", "TRUE"),
        (False, "Dropdown", "is_any_of", [False]),
        (7, "String", "contains", 7),
        ("Acme", "String", "starts_with", "AC"),
        ("12", "Number", "greater", "11.5"),
        ("", "String", "is_unknown", None),
        ("", "Dropdown", "is_unknown", None),
        ("", "Dropdown", "is_none_of", [""]),
        ("true", "Boolean", "true", None),
    ],
)
def test_a_value_is_compared_as_what_it_spells(api, have, kind, operator, value):
    api.company(custom_attributes={"x": have})

    assert found(api, "x", kind, operator, value) == ["g1"]


@pytest.fixture
def schema(api):
    """The schema of an array of filters, as the description of the API shows it."""
    parameters = api.get("/_mock/openapi.json")["paths"]["/company/all"]["get"]["parameters"]
    (filters,) = [one for one in parameters if one["name"] == "filters"]
    return filters["content"]["application/json"]["schema"]


def test_the_schema_of_filters_is_an_array_of_at_most_a_hundred_forms(schema):
    assert {**schema, "items": list(schema["items"])} == {
        "type": "array",
        "maxItems": 100,
        "items": ["anyOf"],
    }


@pytest.mark.parametrize(
    ("typed", "operators"),
    [
        ("Boolean", [["true", "false", "is_unknown", "any_value"]]),
        (
            "Number",
            [
                ["is", "is_not", "greater", "lower"],
                ["is_bad", "is_average", "is_good", "is_unknown", "any_value"],
                ["between"],
            ],
        ),
        (
            "Tag",
            [["is_any_of", "is_all_of", "is_none_of", "is_in", "is_not_in"], ["is_unknown", "any_value"]],
        ),
        ("Company", [["is_in"], ["is_unknown", "any_value"]]),
        ("Segment", [["is_any_of", "is_all_of", "is_none_of"]]),
        ("User", [["is", "is_in", "is_not_in"], ["is_unknown", "any_value"]]),
    ],
)
def test_the_schema_has_one_form_for_the_operators_that_take_the_same_value(schema, typed, operators):
    forms = [one["properties"] for one in schema["items"]["anyOf"]]

    assert [one["filterType"]["enum"] for one in forms if one["fieldType"] == {"const": typed}] == operators


def test_a_form_of_the_schema_whose_operators_take_no_value_asks_for_none(schema):
    operators = ["true", "false", "is_unknown", "any_value"]
    assert schema["items"]["anyOf"][0] == {
        "type": "object",
        "properties": {**NAMED, "fieldType": {"const": "Boolean"}, "filterType": {"enum": operators}},
        "required": ["fieldName", "fieldType", "filterType"],
    }


def test_a_form_of_the_schema_whose_operators_take_a_value_requires_it(schema):
    kind = {"fieldType": {"const": "Date"}, "filterType": {"enum": ["between"]}}
    (form,) = [one for one in schema["items"]["anyOf"] if {**one["properties"], **kind} == one["properties"]]

    day = {"type": "string", "pattern": DATE_PATTERN}
    two = {"type": "array", "items": day, "minItems": 2, "maxItems": 2}
    assert form == {
        "type": "object",
        "properties": {**NAMED, **kind, "filterValue": two},
        "required": ["fieldName", "fieldType", "filterType", "filterValue"],
    }
