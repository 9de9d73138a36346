"""The usage of a company: its events counted by name and by day."""

import pytest


@pytest.fixture
def company(api):
    api.person(companies=[{"company_id": "g1"}])
    api.post("/event", {"name": "login", "user_id": "u1", "created_at": "2026-01-01"})
    api.post(
        "/event", {"name": "login", "user_id": "u1", "company_id": "g1", "created_at": "2026-01-01T09:00Z"}
    )
    api.post("/event", {"name": "login", "company_id": "g1", "created_at": "2026-01-04"})
    api.post("/event", {"name": "export", "company_id": "g1", "created_at": "2026-01-02"})
    return api.get("/company", company_id="g1")["companies"][0]["id"]


def test_events_of_a_company_and_of_its_people_are_counted_once(api, company):
    answer = api.get(f"/company/usage/{company}", type="eventCount")

    assert (answer["type"], answer["count"], answer["frequency"]) == ("eventCount", 4, 1.0)
    assert [one["event_name"] for one in answer["data"]] == ["export", "login"]


def test_one_event_is_counted_by_day(api, company):
    answer = api.get(f"/company/usage/{company}", eventName="login")

    assert (answer["event_name"], answer["count"], answer["last_occurrence"]) == ("login", 3, "2026-01-04")
    assert answer["data"][0]["data"] == [
        {"date": "2026-01-01", "count": 2},
        {"date": "2026-01-04", "count": 1},
    ]


def test_both_ends_of_the_dates_are_included(api, company):
    answer = api.get(f"/company/usage/{company}", startDate="2026-01-02", endDate="2026-01-04")

    assert (answer["count"], answer["frequency"]) == (2, 2 / 3)


@pytest.mark.parametrize("query", [{"type": "x"}, {"startDate": "x"}, {"endDate": ""}])
def test_a_query_with_a_mistake_is_refused(api, company, query):
    api.get(f"/company/usage/{company}", **query)

    assert api.status == 400


def test_usage_of_an_unknown_company_is_not_found(api):
    api.get("/company/usage/unknown")

    assert api.status == 404


@pytest.fixture
def usage(api):
    """Return the usage of a company with two people, after some events: (name, date, whom it names)."""

    def asked(events, **query):
        people = [{"user_id": name, "companies": ["c1"]} for name in ("u1", "u2")]
        records = [{"name": name, "created_at": day, **who} for name, day, who in events]
        companies = [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}]
        api.put("/_mock/state", {"companies": companies, "people": people, "events": records})
        return api.get("/company/usage/c1", **query)

    return asked


@pytest.mark.parametrize(
    ("who", "count"),
    [
        ({"company_id": "g1"}, 1),
        ({"user_id": "u1"}, 1),
        ({"user_id": "u2"}, 1),
        ({"user_id": "u1", "company_id": "g1"}, 1),
        ({"user_id": "u1", "company_id": "g2"}, 0),
        ({"user_id": "u1", "company_id": "gone"}, 0),
        ({"user_id": "nobody", "company_id": "g1"}, 0),
        ({"user_id": "nobody"}, 0),
    ],
)
def test_an_event_is_usage_of_its_company_or_of_that_of_its_person(usage, who, count):
    assert usage([("e", "2026-01-01", who)])["count"] == count


def test_the_usage_of_a_day_is_that_of_the_day_in_utc(usage):
    answer = usage([("e", "2026-01-01T01:00:00+02:00", {"company_id": "g1"})], startDate="2025-12-31")

    assert answer["data"][0]["data"] == [{"date": "2025-12-31", "count": 1}]


def test_the_last_occurrence_is_the_latest_moment_whatever_came_last(usage):
    days = ["2026-02-28T23:30:00Z", "2026-03-01T01:00:00+02:00", "2026-01-01"]

    answer = usage([("e", day, {"company_id": "g1"}) for day in days])

    assert (answer["last_occurrence"], answer["data"][0]["last_occurrence"]) == (days[0], days[0])


@pytest.mark.parametrize(
    ("query", "frequency"),
    [
        ({}, 1.0),
        ({"startDate": "2025-12-30"}, 0.5),
        ({"endDate": "2026-01-04"}, 0.5),
        ({"startDate": "2025-12-30", "endDate": "2026-01-08"}, 0.2),
    ],
)
def test_the_frequency_is_over_the_days_that_are_asked_for(usage, query, frequency):
    days = [("e", day, {"company_id": "g1"}) for day in ("2026-01-01", "2026-01-02")]

    answer = usage(days, **query)

    assert (answer["frequency"], answer["data"][0]["frequency"]) == (frequency, frequency)
