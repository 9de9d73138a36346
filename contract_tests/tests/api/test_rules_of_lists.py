"""The vendor's rules about lists of people and companies: pages, order, filters, and what a list shows.

Source: vendor's API description, section 30, rules 41 to 48, and section 6.
"""

import pytest

MOMENT = "2026-05-10T12:00:00.000Z"
LISTS = [("/people/all", "people", "user_id"), ("/company/all", "companies", "company_id")]
lists = pytest.mark.parametrize("about", LISTS)


@pytest.fixture
def world(api):
    api.freeze(MOMENT)
    return api


def listed(world, path, kind, **query):
    """Return the records of a page."""
    page = world.get(path, **query)
    return (page[0] if isinstance(page, list) else page)[kind]


def names(world, path, kind, name, **query):
    return [record[name] for record in listed(world, path, kind, **query)]


@lists
@pytest.mark.parametrize(
    ("query", "count"), [({}, 20), ({"itemsPerPage": 200}, 200), ({"itemsPerPage": 201}, 200)]
)
def test_a_page_holds_twenty_and_at_most_two_hundred(world, about, query, count):
    path, kind, name = about
    world.put("/_mock/state", {kind: [{name: f"n{number}"} for number in range(201)]})

    assert len(listed(world, path, kind, **query)) == count


@lists
def test_the_latest_sign_up_comes_first(world, about):
    path, kind, name = about
    days = {"a": "2026-01-02", "b": "2026-01-03", "c": "2026-01-01", "d": None}
    world.put("/_mock/state", {kind: [{name: key, "signed_up_at": day} for key, day in days.items()]})

    assert names(world, path, kind, name) == ["b", "a", "c", "d"]
    sorting = {"field": name, "direction": "desc"}
    assert names(world, path, kind, name, sorting=sorting) == ["d", "c", "b", "a"]


@lists
def test_filters_must_all_hold_also_on_the_same_field(world, about):
    path, kind, name = about
    days = {"a": "2026-01-01", "b": "2026-02-01", "c": "2026-03-01"}
    world.put("/_mock/state", {kind: [{name: key, "signed_up_at": day} for key, day in days.items()]})
    filters = [
        {
            "fieldName": "signed_up_at",
            "fieldType": "Date",
            "filterType": "after",
            "filterValue": "2026-01-15",
        },
        {
            "fieldName": "signed_up_at",
            "fieldType": "Date",
            "filterType": "before",
            "filterValue": "2026-02-15",
        },
    ]

    assert names(world, path, kind, name, filters=filters) == ["b"]


@lists
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("String", "is", "Pro"), ["a"]),
        (("String", "is_not", "Pro"), ["b", "c"]),
        (("String", "starts_with", "Pr"), ["a"]),
        (("String", "contains", "re"), ["b"]),
        (("String", "is_unknown", None), ["c"]),
        (("String", "is_unknown", ""), ["c"]),
        (("String", "any_value", ""), ["a", "b"]),
        (("Number", "greater", 5), ["b"]),
        (("Number", "lower", 5), ["a"]),
        (("Number", "is", 7), ["b"]),
        (("Number", "between", [1, 5]), ["a"]),
        (("Number", "is_unknown", None), ["c"]),
        (("Date", "more_than", 5), ["a"]),
        (("Date", "less_than", 5), ["b"]),
        (("Date", "exactly", 2), ["b"]),
        (("Date", "is_unknown", None), ["c"]),
        (("Boolean", "true", None), ["a"]),
        (("Boolean", "false", ""), ["b"]),
    ],
)
def test_a_filter_on_a_custom_attribute(world, about, asked, found):
    (path, kind, name), (field_type, filter_type, value) = about, asked
    records = {
        "a": {"string": "Pro", "number": 3, "date": "2026-04-30", "boolean": True},
        "b": {"string": "Free", "number": 7, "date": "2026-05-08", "boolean": False},
        "c": {},
    }
    state = [{name: key, "custom_attributes": value} for key, value in records.items()]
    world.put("/_mock/state", {kind: state})
    field = {"fieldName": f"custom_attributes.{field_type.lower()}", "fieldType": field_type}
    filters = [{**field, "filterType": filter_type, "filterValue": value}]

    answer = names(world, path, kind, name, filters=filters)

    assert sorted(answer) == found


@pytest.mark.parametrize(
    ("grade", "found"), [("is_bad", ["low"]), ("is_average", ["mid"]), ("is_good", ["high"])]
)
def test_a_score_is_graded_by_its_ranges(world, grade, found):
    ranges = [
        {"min": 0, "max": 3, "color": "red"},
        {"min": 4, "max": 6, "color": "orange"},
        {"min": 7, "max": 10, "color": "green"},
    ]
    values = [
        {"health_score_id": "s1", "company_id": name, "value": value, "date": "2026-05-01"}
        for name, value in (("low", 2), ("mid", 5), ("high", 9))
    ]
    world.put(
        "/_mock/state",
        {
            "companies": [{"company_id": name} for name in ("low", "mid", "high", "none")],
            "health_scores": [{"id": "s1", "name": "Use", "ranges": ranges}],
            "health_score_values": values,
        },
    )
    filters = [{"fieldName": "metrics.health_scores.s1", "fieldType": "Number", "filterType": grade}]

    assert names(world, "/company/all", "companies", "company_id", filters=filters) == found


def test_companies_are_found_by_a_calculated_metric(world):
    world.put(
        "/_mock/state",
        {
            "companies": [{"company_id": "low"}, {"company_id": "high"}],
            "calculated_metrics": [{"id": "m1", "name": "Seats"}],
            "calculated_metric_values": [
                {"calculated_metric_id": "m1", "company_id": "low", "value": 2, "date": "2026-05-01"},
                {"calculated_metric_id": "m1", "company_id": "high", "value": 9, "date": "2026-05-01"},
            ],
        },
    )
    asked = {"fieldName": "metrics.calculated_metrics.m1", "fieldType": "Number"}
    filters = [{**asked, "filterType": "greater", "filterValue": 5}]

    assert names(world, "/company/all", "companies", "company_id", filters=filters) == ["high"]


@pytest.mark.parametrize(
    ("filter_type", "found"), [("is_in", ["child"]), ("is_descendant", ["child", "grandchild"])]
)
def test_companies_are_found_by_those_above_them(world, filter_type, found):
    ids = {}
    for name, parent in (("top", None), ("child", "top"), ("grandchild", "child")):
        above = [{"company_id": parent}] if parent else []
        ids[name] = world.post("/company", {"company_id": name, "parent_companies": above})["id"]
    filters = [
        {
            "fieldName": "parent_companies",
            "fieldType": "String",
            "filterType": filter_type,
            "filterValue": ids["top"],
        }
    ]

    assert sorted(names(world, "/company/all", "companies", "company_id", filters=filters)) == found


@pytest.mark.parametrize(
    ("filter_type", "value", "found"),
    [("is_in", "t1", ["a"]), ("is_not_in", "t1", ["b"]), ("is_unknown", None, ["b"])],
)
def test_people_are_found_by_tags(world, filter_type, value, found):
    tags = [{"id": "t1", "name": "VIP", "category": "people"}]
    world.put("/_mock/state", {"tags": tags, "people": [{"user_id": "a", "tags": ["t1"]}, {"user_id": "b"}]})
    filters = [{"fieldName": "tags", "fieldType": "Tag", "filterType": filter_type, "filterValue": value}]

    assert names(world, "/people/all", "people", "user_id", filters=filters) == found


@lists
def test_a_list_shows_the_properties_that_are_asked_for(world, about):
    path, kind, name = about
    world.put("/_mock/state", {kind: [{name: "n1", "name": "A", "custom_attributes": {"a": 1, "b": 2}}]})

    (shown,) = listed(world, path, kind, properties=["name", "custom_attributes.a"])

    assert (shown["name"], shown["custom_attributes"]) == ("A", {"a": 1})
    assert {"id", "created_at", "updated_at"} < shown.keys()
    assert "signed_up_at" not in shown


@pytest.mark.parametrize("asked", [True, False])
@lists
def test_a_list_shows_segments_only_when_asked(world, about, asked):
    path, kind, name = about
    record = {"people": "p1", "companies": "c1"}[kind]
    segment = {"id": "s1", "name": "All", "type": kind, "members": [record]}
    world.put("/_mock/state", {kind: [{"id": record, name: "n1"}], "segments": [segment]})

    (shown,) = listed(world, path, kind, **({"includeSegments": True} if asked else {}))

    assert shown.get("segments") == ([{"id": "s1", "name": "All"}] if asked else None)
