"""What is counted and computed, whole: usage of a company, members of segments, values of health scores."""

import pytest

from support.api import asked

USAGE = [
    {"name": "A", "user_id": "u1", "created_at": "2026-01-01"},
    {"name": "A", "company_id": "g1", "created_at": "2026-01-04T01:00:00+02:00"},
    {"name": "A", "user_id": "u1", "company_id": "g1", "created_at": "2026-01-03T22:00:00Z"},
    {"name": "B", "user_id": "u1", "created_at": "2026-01-04"},
    {"name": "B", "user_id": "u1", "company_id": "g2", "created_at": "2026-01-02"},
    {"name": "B", "user_id": "u2", "created_at": "2026-01-02"},
]


@pytest.fixture
def used(api):
    """A company, g1, with one silent person and one who did things, some of them for another company."""
    people = [{"user_id": name, "companies": ["c1"] * (name != "u2")} for name in ("u1", "u2", "silent")]
    companies = [{"id": f"c{at}", "company_id": f"g{at}"} for at in (1, 2, 3)]
    api.put("/_mock/state", {"companies": companies, "people": people, "events": USAGE})
    return api


def test_the_usage_of_a_company_is_answered_whole(used):
    days = [{"date": "2026-01-01", "count": 1}, {"date": "2026-01-03", "count": 2}]

    answer = used.get("/company/usage/c1")

    of_a = {"event_name": "A", "count": 3, "frequency": 1.0, "last_occurrence": "2026-01-04T01:00:00+02:00"}
    of_b = {"event_name": "B", "count": 1, "frequency": 1.0, "last_occurrence": "2026-01-04"}
    assert answer == {
        "type": "eventFrequency",
        "event_name": None,
        "count": 4,
        "frequency": 1.0,
        "last_occurrence": "2026-01-04",
        "data": [{**of_a, "data": days}, {**of_b, "data": [{"date": "2026-01-04", "count": 1}]}],
    }


def test_a_company_that_nobody_used_has_figures_of_zero(used):
    answer = used.get("/company/usage/c3")

    figures = {"count": 0, "frequency": 0.0, "last_occurrence": None, "data": []}
    assert answer == {"type": "eventFrequency", "event_name": None, **figures}


@pytest.mark.parametrize(
    ("query", "count", "frequency"),
    [
        ({"startDate": "2026-01-03"}, 3, 1.5),
        ({"endDate": "2026-01-03"}, 3, 1.0),
        ({"startDate": "2026-01-03", "endDate": "2026-01-03"}, 2, 2.0),
        ({"startDate": "2026-01-01", "endDate": "2026-01-10"}, 4, 0.4),
        ({"eventName": "B"}, 1, 1.0),
    ],
)
def test_usage_counts_the_days_and_the_event_that_are_asked_for(used, query, count, frequency):
    answer = used.get("/company/usage/c1", **query)

    assert (answer["count"], answer["frequency"]) == (count, frequency)


@pytest.mark.parametrize("name", ["startDate", "endDate"])
def test_a_day_that_is_none_is_told_by_its_name(used, name):
    answer = used.get("/company/usage/c1", **{name: "x"})

    assert (used.status, answer) == (
        400,
        {"error": f"{name}: 'x' is not a date: send one such as 2026-01-31"},
    )


SEGMENTS = [
    {"id": "big", "name": "Big", "filters": asked("size", "Number", "greater", 5)},
    {"id": "named", "name": "Named", "members": ["c2"]},
    {"id": "seeded", "name": "Seeded", "companies_count": 7},
    {"id": "both", "name": "Both", "filters": asked("...", "Segment", "is_all_of", ["BIG", "named"])},
    {"id": "any", "name": "Any", "filters": asked("buckets", "Dropdown", "is_any_of", ["big"])},
    {"id": "odd", "name": "Odd", "filters": asked("buckets", "Segment", "is_none_of", ["named"])},
    {"id": "staff", "name": "Staff", "type": "people", "filters": asked("role", "String", "contains", "a")},
]


@pytest.fixture
def parted(api):
    """Three companies and three people in segments by filter, by name, by each other, and by a number."""
    companies = [{"id": f"c{at}", "company_id": f"g{at}", "size": at * 4} for at in (1, 2, 3)]
    people = [{"user_id": role, "role": role} for role in ("admin", "user", "owner")]
    api.put("/_mock/state", {"companies": companies, "people": people, "segments": SEGMENTS})
    return api


def test_segments_count_whom_they_hold(parted):
    pages = [parted.get("/segment", type=kind)["segments"] for kind in ("company", "people")]

    counts = {one["id"]: one["companies_count"] for found in pages for one in found}

    assert counts == {"big": 2, "named": 1, "seeded": 7, "both": 1, "any": 2, "odd": 2, "staff": 1}


def test_companies_show_the_segments_they_are_in_and_none_of_people(parted):
    page = parted.get("/company/all")

    assert {one["id"]: one["buckets"] for one in page["companies"]} == {
        "c1": ["odd"],
        "c2": ["big", "named", "both", "any"],
        "c3": ["big", "any", "odd"],
    }


def test_people_are_filtered_by_their_segments(parted):
    (page,) = parted.get("/people/all", filters=asked("...", "Segment", "is_any_of", ["staff"]))

    assert [person["user_id"] for person in page["people"]] == ["admin"]


def test_a_chain_of_segments_is_followed_along_its_links_alone(api):
    chain = [(f"s{at}", asked("...", "Segment", "is_any_of", [f"s{at - 1}"])) for at in range(1, 30)]
    segments = [{"id": name, "name": name, "filters": filters} for name, filters in chain]
    first = {"id": "s0", "name": "s0", "members": ["c1"]}
    api.put("/_mock/state", {"companies": [{"id": "c1", "company_id": "g1"}], "segments": [first, *segments]})

    page = api.get("/company/all")

    assert page["companies"][0]["buckets"] == [f"s{at}" for at in range(30)]


def test_a_segment_of_a_state_may_ask_for_a_time_around_now(api):
    segment = {"id": "s1", "name": "New", "filters": asked("signed_up_at", "Date", "this_year")}
    api.freeze("2026-05-01")

    api.put(
        "/_mock/state",
        {"companies": [{"company_id": "g1", "signed_up_at": "2026-01-01"}], "segments": [segment]},
    )

    assert [one["companies_count"] for one in api.get("/segment", type="company")["segments"]] == [1]


def test_a_segment_of_a_state_with_a_mistake_is_told_where(api):
    segment = {
        "name": "S",
        "filters": [*asked("a", "Number", "greater", 1), *asked("a", "Number", "greater")],
    }

    answer = api.put("/_mock/state", {"segments": [segment]})

    text = "filterType 'greater' needs a number as its filterValue, not None"
    assert (api.status, answer["error"]) == (400, f"segments[0]: filters[1]: {text}")


def test_of_two_values_of_one_day_the_later_one_counts_and_a_snapshot_keeps_it(api):
    score = {"health_score_id": "hs", "company_id": "g1", "date": "2026-01-01"}
    state = {"companies": [{"id": "c1", "company_id": "g1"}], "health_scores": [{"id": "hs", "name": "h"}]}
    api.put("/_mock/state", {**state, "health_score_values": [{**score, "value": 1}, {**score, "value": 2}]})
    before = api.get("/company/c1")
    api.put("/_mock/snapshots/a", {})
    api.delete("/_mock/state")

    api.post("/_mock/snapshots/a/restore", {})

    assert before["companies"][0]["metrics"]["health_scores"]["hs"]["score"] == 2
    assert api.get("/company/c1") == before


RANGES = [
    {"label": "bad", "color": "red", "max": 10},
    {"label": "fair", "color": "amber", "min": 11, "max": 20},
    {"label": "good", "color": "green", "min": 30},
]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (-5, "bad"),
        (10, "bad"),
        (10.5, None),
        (11, "fair"),
        (20, "fair"),
        (25, None),
        (30, "good"),
        (99, "good"),
    ],
)
def test_a_value_is_called_as_the_range_that_holds_it(api, value, label):
    scores = [{"id": "hs", "name": "h", "ranges": RANGES}]
    values = [{"health_score_id": "hs", "company_id": "g1", "value": value}]

    state = api.put("/_mock/state", {"health_scores": scores, "health_score_values": values})

    assert [one["label"] for one in state["health_score_values"]] == [label]


def test_a_value_of_a_score_is_kept_whole_and_dated_when_it_came(api):
    api.freeze("2026-05-01")
    value = {"health_score_id": "hs", "company_id": "g1", "value": 5}
    state = {"companies": [{"id": "c1", "company_id": "g1"}], "health_score_values": [value]}

    (kept,) = api.put("/_mock/state", state)["health_score_values"]

    now = "2026-05-01T00:00:00.000Z"
    named = {"company": "c1", "label": None, "color": None, "date": now}
    assert {name: kept[name] for name in (*value, *named)} == {**value, **named}
    assert api.get("/health_score/unknown/values") == {
        "error": "there is no health score with the id 'unknown'"
    }


def test_two_values_of_scores_under_one_id_are_refused(api):
    value = {"id": "v1", "health_score_id": "hs", "company_id": "g1", "value": 5}

    answer = api.put("/_mock/state", {"health_score_values": [value, value]})

    assert (api.status, answer) == (400, {"error": "health_score_values[1]: duplicate id 'v1'"})


def test_a_value_of_a_score_names_its_company_by_both_ids(api):
    value = {"health_score_id": "hs", "company": "c1", "value": 5}
    companies = [{"id": "c1", "company_id": "g1"}]

    (kept,) = api.put("/_mock/state", {"companies": companies, "health_score_values": [value]})[
        "health_score_values"
    ]

    assert (kept["company"], kept["company_id"]) == ("c1", "g1")


@pytest.mark.parametrize(
    ("query", "found"), [({}, [2, 1]), ({"companyId": "c1"}, [1]), ({"companyId": "g2"}, [2])]
)
def test_values_of_a_score_are_those_of_all_companies_or_of_the_one_asked_for(api, query, found):
    values = [{"health_score_id": "hs", "company_id": f"g{at}", "value": at} for at in (1, 2)]
    companies = [{"id": f"c{at}", "company_id": f"g{at}"} for at in (1, 2)]
    scores = [{"id": "hs", "name": "h"}]
    api.put("/_mock/state", {"companies": companies, "health_scores": scores, "health_score_values": values})

    answer = api.get("/health_score/hs/values", **query)

    assert [one["value"] for one in answer["values"]] == found
