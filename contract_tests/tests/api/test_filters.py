"""Filters and sorting of companies and people: every operator, and every mistake by its name."""

import pytest

from support.api import asked

NOW = "2026-05-14T12:00:00.000Z"  # a Thursday
A = {
    "company_id": "a",
    "name": "Acme",
    "churned": True,
    "size": 10,
    "signed_up_at": "2026-05-11",
    "owners_csm": "jane@x.io",
    "custom_attributes": {"tier": "pro", "areas": ["eu", "us"], "seats": "7"},
}
B = {"company_id": "b", "name": "Beta", "churned": False, "size": 20, "signed_up_at": "2025-11-30T10:00:00Z"}
C = {"company_id": "c"}


@pytest.fixture
def companies(api):
    api.freeze(NOW)
    api.put("/_mock/state", {"companies": [A, B, C]})
    return lambda **query: [one["company_id"] for one in api.get("/company/all", **query)["companies"]]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (("churned", "Boolean", "true", None), "a"),
        (("churned", "Boolean", "false", None), "bc"),
        (("size", "Number", "greater", "10"), "b"),
        (("size", "Number", "lower", 20), "a"),
        (("size", "Currency", "between", [10, "20"]), "ab"),
        (("size", "Number", "is_unknown", None), "c"),
        (("size", "Number", "any_value", None), "ab"),
        (("custom_attributes.seats", "Number", "greater", 6), "a"),
        (("metrics.people_count", "Number", "lower", 1), "abc"),
        (("name", "String", "contains", "CM"), "a"),
        (("name", "String", "starts_with", "b"), "b"),
        (("name", "String", "ends_with", "TA"), "b"),
        (("name", "String", "does_not_contain", "a"), "c"),
        (("tier", "String", "contains", "pro"), "a"),
        (("tier", "Dropdown", "is_any_of", ["pro", "free"]), "a"),
        (("areas", "Dropdown", "is_all_of", ["eu", "us"]), "a"),
        (("areas", "Dropdown", "is_none_of", ["eu"]), "bc"),
        (("owners_csm", "User", "is_in", "jane@x.io"), "a"),
        (("owners_csm", "User", "is_not_in", ["jane@x.io"]), "bc"),
        (("nobody_has_it", "String", "is_unknown", None), "abc"),
    ],
)
def test_an_operator_finds_what_it_says(companies, given, found):
    assert companies(filters=asked(*given)) == list(found)


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("more_than", 3, "b"),
        ("less_than", "4", "a"),
        ("exactly", 3, "a"),
        ("after", "2026-05-10", "a"),
        ("after", "2026-05-11", ""),
        ("before", "2026-05-11", "b"),
        ("on", "2026-05-11T23:00:00Z", "a"),
        ("between", ["2025-11-30", "2026-05-11"], "ab"),
        ("this_week", None, "a"),
        ("last_week", None, ""),
        ("this_month", None, "a"),
        ("last_month", None, ""),
        ("this_quarter", None, "a"),
        ("last_quarter", None, ""),
        ("this_year", None, "a"),
        ("last_year", None, "b"),
        ("is_unknown", None, "c"),
        ("any_value", None, "ab"),
    ],
)
def test_an_operator_on_dates_finds_what_it_says(companies, operator, value, found):
    assert companies(filters=asked("signed_up_at", "Date", operator, value)) == list(found)


def test_all_filters_must_hold(companies):
    both = asked("size", "Number", "greater", 5) + asked("name", "String", "contains", "beta")

    assert companies(filters=both) == ["b"]


@pytest.mark.parametrize(
    ("sorting", "order"),
    [
        ({"field": "name"}, "bac"),
        ({"field": "name", "direction": "asc"}, "abc"),
        ({"field": "signed_up_at", "direction": "asc"}, "bac"),
        ({"field": "custom_attributes.seats"}, "abc"),
    ],
)
def test_records_without_a_value_come_last_in_both_directions(companies, sorting, order):
    assert companies(sorting=sorting) == list(order)


def test_the_total_counts_all_matches(api, companies):
    answer = api.get("/company/all", filters=asked("size", "Number", "any_value"), itemsPerPage=1, page=2)

    assert (answer["total"], answer["companies"][0]["company_id"]) == (2, "b")
    assert companies(page=2, itemsPerPage=2) == ["c"]


@pytest.mark.parametrize("as_array", [True, False])
def test_people_are_found_by_company(api, as_array):
    api.person(companies=[{"company_id": "g1"}])
    api.post("/people", {"user_id": "u2"})
    company = api.get("/company/all")["companies"][0]["id"]

    value = [company] if as_array else company
    (page,) = api.get("/people/all", filters=asked("companies", "Company", "is_in", value))

    assert [person["user_id"] for person in page["people"]] == ["u1"]


@pytest.mark.parametrize(
    ("filters", "error"),
    [
        ("[", "filters is not JSON: it ends too early"),
        ({}, "filters must be an array, got {}"),
        ([{"field": "name"}], "filters[0].fieldName is required"),
        (asked("", "String", "any_value"), "filters[0]: fieldName is empty"),
        (
            asked("a", "Text", "contains", "x"),
            "filters[0]: fieldType 'Text' is not known: use Boolean, Number",
        ),
        (
            asked("a", "Boolean", "is"),
            "filters[0]: filterType 'is' is not known for a Boolean: use true, false",
        ),
        (asked("a", "Number", "greater", "x"), "filters[0]: filterType 'greater' needs a number as its"),
        (
            asked("a", "Number", "between", [1]),
            "filters[0]: filterType 'between' needs an array of two numbers",
        ),
        (asked("a", "Date", "after", "x"), "filters[0]: filterType 'after' needs a date such as 2026-01-31"),
        (asked("a", "Date", "exactly", -1), "filters[0]: filterType 'exactly' needs a number of whole days"),
        (asked("a", "Tag", "is_any_of", []), "filters[0]: filterType 'is_any_of' needs an array of values"),
    ],
)
def test_a_filter_with_a_mistake_is_refused_by_its_name(api, filters, error):
    answer = api.get("/company/all", filters=filters)

    assert api.status == 400
    assert answer["error"].startswith(error)


@pytest.mark.parametrize(
    ("sorting", "error"),
    [
        ("x", "sorting is not JSON: invalid character (byte 0)"),
        ("[]", "sorting must be an object, got []"),
        ('{"direction": "asc"}', "sorting.field is required"),
        (
            '{"field": "a", "direction": "up"}',
            'sorting.direction must be one of "asc", "desc", got "up"',
        ),
    ],
)
def test_an_order_with_a_mistake_is_refused(api, sorting, error):
    answer = api.get("/people/all", sorting=sorting)

    assert (api.status, answer) == (400, {"error": error})


@pytest.mark.parametrize(
    ("operator", "found"), [("is_any_of", ["g1", "g2"]), ("is_all_of", ["g1"]), ("is_none_of", ["g3"])]
)
def test_several_choices_are_asked_for_any_all_or_none(api, operator, found):
    lists = {"g1": ["a", "b", "c"], "g2": ["a"], "g3": ["c"]}
    companies = [{"company_id": name, "custom_attributes": {"x": have}} for name, have in lists.items()]
    api.put("/_mock/state", {"companies": companies})

    page = api.get("/company/all", filters=asked("custom_attributes.x", "Dropdown", operator, ["a", "b"]))

    assert [company["company_id"] for company in page["companies"]] == found


@pytest.mark.parametrize(("operator", "value"), [("less_than", 5), ("more_than", 0), ("exactly", 0)])
def test_a_date_in_the_future_has_no_age(api, operator, value):
    api.freeze("2026-05-01T12:00:00Z")
    api.company(signed_up_at="2026-05-01T12:00:01Z")

    page = api.get("/company/all", filters=asked("signed_up_at", "Date", operator, value))

    assert page == {"companies": [], "total": 0}


@pytest.mark.parametrize(
    ("path", "one"),
    [
        ("/company/all", asked("a", "String", "any_value")[0]),
        ("/objective", asked("a", "String", "any_value")[0]),
        ("/task", {"field": "tags", "values": ["x"]}),
        ("/signal/entities", {"field": "id", "value": "x"}),
    ],
)
def test_a_query_takes_a_hundred_filters_and_not_one_more(api, path, one):
    company = api.company()
    api.get(path, filters=[one] * 100, company=company)
    accepted = api.status
    answer = api.get(path, filters=[one] * 101, company=company)

    assert (accepted, api.status) == (200, 400)
    assert answer["error"].startswith("filters must have at most 100 entries, got [")
