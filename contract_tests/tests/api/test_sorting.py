"""The order of lists: by number, by moment, by text, and what comes where when these meet."""

import pytest

from support.api import asked

MIXED = [
    *[[], "b", 3, "2026-01-02T00:00+05:00", ["c", "d"], "2026-01-01T20:00Z", "A", 1.5, "", "1 apple"],
    *[["c", "a"], None, "cm"],
]
ASCENDING = [
    1.5,
    3,
    "2026-01-02T00:00+05:00",
    "2026-01-01T20:00Z",
    "1 apple",
    "A",
    "b",
    ["c", "a"],
    ["c", "d"],
    "cm",
]


def listed(api, values, direction):
    """Return the values of companies that were made one after the other, as they are sorted."""
    companies = [
        {"company_id": str(at), "custom_attributes": {"x": value}} for at, value in enumerate(values)
    ]
    api.put("/_mock/state", {"companies": companies})
    sorting = {"field": "custom_attributes.x", "direction": direction}
    page = api.get("/company/all", itemsPerPage=50, sorting=sorting)
    return [company["custom_attributes"].get("x") for company in page["companies"]]


@pytest.mark.parametrize(
    ("direction", "order"), [("asc", ASCENDING), ("desc", ASCENDING[::-1])], ids=["ascending", "descending"]
)
def test_numbers_come_before_moments_and_moments_before_text(api, direction, order):
    assert listed(api, MIXED, direction) == [*order, [], "", None]


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("same", [1, "a", "2026-01-01"])
def test_records_with_the_same_value_stay_in_the_order_they_were_made(api, direction, same):
    companies = [{"company_id": name, "custom_attributes": {"x": same}} for name in ("g2", "g1", "g3")]
    api.put("/_mock/state", {"companies": companies})

    page = api.get("/company/all", sorting={"field": "custom_attributes.x", "direction": direction})

    assert [company["company_id"] for company in page["companies"]] == ["g2", "g1", "g3"]


def test_companies_are_sorted_by_their_segments(api):
    segments = [{"id": "b", "name": "B", "members": ["c1"]}, {"id": "a", "name": "A", "members": ["c2"]}]
    companies = [{"id": name, "company_id": name} for name in ("c0", "c1", "c2")]
    api.put("/_mock/state", {"companies": companies, "segments": segments})

    page = api.get("/company/all", sorting={"field": "buckets", "direction": "asc"})

    assert [company["id"] for company in page["companies"]] == ["c2", "c1", "c0"]


@pytest.mark.parametrize("name", ["id", "_id", "mrr", "monthly_revenue", "metrics.people_count"])
def test_companies_are_sorted_by_a_field_in_any_of_its_spellings(api, name):
    companies = [{"id": f"c{at}", "company_id": f"g{at}", "monthly_revenue": at} for at in (2, 1)]
    people = [{"user_id": "u1", "companies": ["c2"]}]
    api.put("/_mock/state", {"companies": companies, "people": people})

    page = api.get("/company/all", sorting={"field": name, "direction": "asc"})

    assert [company["id"] for company in page["companies"]] == ["c1", "c2"]


@pytest.mark.parametrize(
    ("part", "text"),
    [("", "1"), (".score", "1"), (".value", "1"), (".absolute_value", "2"), (".label", "3")],
)
def test_companies_are_filtered_by_each_part_of_a_health_score(api, part, text):
    value = {"health_score_id": "hs", "value": 1, "absolute_value": 2, "label": "3"}
    state = {
        "companies": [{"company_id": "g1"}, {"company_id": "g2"}],
        "health_scores": [{"id": "hs", "name": "h"}],
        "health_score_values": [{**value, "company_id": "g1"}],
    }
    api.put("/_mock/state", state)

    found = api.get(
        "/company/all", filters=asked(f"metrics.health_scores.hs{part}", "Dropdown", "is_any_of", [text])
    )

    assert [company["company_id"] for company in found["companies"]] == ["g1"]


def test_of_notes_made_at_the_same_moment_the_later_one_comes_first(api):
    notes = [{"text": text, "entity": "g1", "created_at": "2026-01-01"} for text in ("first", "second")]
    state = api.put("/_mock/state", {"companies": [{"company_id": "g1"}], "notes": notes})

    page = api.get(f"/note/{state['companies'][0]['id']}")

    assert [note["text"] for note in page["notes"]] == ["second", "first"]


def test_lists_are_sorted_without_regard_to_case(api):
    assert listed(api, [["b"], ["C"], ["A"]], "asc") == [["A"], ["b"], ["C"]]


def test_numbers_below_zero_are_sorted_as_numbers(api):
    assert listed(api, [1, -2, 0, -1.5], "asc") == [-2, -1.5, 0, 1]


@pytest.mark.parametrize("name", ["id", "_id", "customer_id"])
def test_people_are_sorted_by_their_internal_id_in_any_of_its_spellings(api, name):
    api.put("/_mock/state", {"people": [{"id": one, "user_id": one} for one in ("b", "c", "a")]})

    (page,) = api.get("/people/all", sorting={"field": name, "direction": "asc"})

    assert [person["id"] for person in page["people"]] == ["a", "b", "c"]
