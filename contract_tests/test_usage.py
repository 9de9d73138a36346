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
