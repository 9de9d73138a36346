"""Whole answers about people, companies, events and fields: each field, none lost, none swapped."""

import pytest

NOW = "2026-05-01T12:00:00.000Z"
LATER = "2026-05-01T12:01:00.000Z"
PERSON = {
    "user_id": "u1",
    "email": "ann@x.io",
    "name": "Ann Lee",
    "first_name": "Ann",
    "last_name": "Lee",
    "title": "Dr",
    "role": "admin",
    "phone": "0170",
    "session_count": 7,
    "signed_up_at": "2026-01-02",
    "unsubscribed_from_emails": True,
    "unsubscribed_from_calls": False,
    "custom_attributes": {"seat": "a"},
}
COMPANY = {
    "company_id": "g1",
    "name": "Acme",
    "website": "acme.io",
    "domain": "acme.example",
    "industry": "tools",
    "size": 12,
    "plan": "pro",
    "status": "active",
    "monthly_revenue": 99.5,
    "churned": False,
    "signed_up_at": "2026-01-03",
    "owners_csm": "csm@x.io",
    "owners_account": "sales@x.io",
    "parent_companies": [],
    "custom_attributes": {"region": "eu"},
}
SCORE = {"id": "hs", "name": "Usage"}
VALUE = {"health_score_id": "hs", "company_id": "g1", "date": "2026-02-01", "value": 5, "absolute_value": 50}


@pytest.fixture
def company(api):
    """The internal id of a company with a tag and a health score, at a clock that stands still."""
    api.freeze(NOW)
    tags = [{"id": "t1", "name": "vip", "category": "company"}]
    kept = {"id": "c1", **COMPANY, "created_at": "2026-04-01", "tags": ["t1"]}
    state = {"tags": tags, "companies": [kept], "health_scores": [SCORE], "health_score_values": [VALUE]}
    return api.put("/_mock/state", state)["companies"][0]["id"]


def test_a_person_is_answered_whole(api, company):
    created = api.post("/people", {**PERSON, "companies": [{"company_id": "g1"}]})

    assert created == {
        **PERSON,
        "id": created["id"],
        "_id": created["id"],
        "customer_id": created["id"],
        "first_seen_at": None,
        "last_seen_at": None,
        "companies": [company],
        "companyNames": ["Acme"],
        "tags": [],
        "tagNames": [],
        "created_at": NOW,
        "updated_at": NOW,
    }


def test_an_update_of_a_person_moves_updated_at_and_nothing_else(api):
    api.freeze(NOW)
    before = api.post("/people", PERSON)
    api.freeze(LATER)

    after = api.post("/people", {"user_id": "u1", "phone": "0171"})

    assert after == {**before, "phone": "0171", "updated_at": LATER}


def test_an_update_of_a_company_moves_updated_at_and_nothing_else(api, company):
    (before,) = api.get(f"/company/{company}")["companies"]
    api.freeze(LATER)

    after = api.post("/company", {"company_id": "g1", "plan": "free"})

    assert after == {**before, "plan": "free", "updated_at": LATER}


def test_a_company_is_answered_whole(api, company):
    api.person(companies=[{"company_id": "g1"}])
    api.post("/event", {"name": "e", "company_id": "g1", "created_at": "2026-03-01"})

    (answer,) = api.get(f"/company/{company}")["companies"]

    score = {"score": 5, "absolute_value": 50, "label": None, "color": None, "updated_at": "2026-02-01"}
    assert answer == {
        **COMPANY,
        "id": company,
        "_id": company,
        "mrr": 99.5,
        "last_seen_at": "2026-03-01",
        "last_request_at": NOW,
        "owners_csm_email": "csm@x.io",
        "owners_csm_name": None,
        "owners_account_email": "sales@x.io",
        "owners_account_name": None,
        "tags": ["t1"],
        "buckets": [],
        "metrics": {"health_scores": {"hs": score}, "people_count": 1},
        "created_at": "2026-04-01",
        "updated_at": NOW,
    }


def test_a_person_shows_the_names_of_its_tags(api):
    api.put(
        "/_mock/state",
        {
            "tags": [{"id": "t1", "name": "vip", "category": "people"}],
            "people": [{"user_id": "u1", "tags": ["t1", "gone"]}],
        },
    )

    (person,) = api.get("/people", user_id="u1")[0]["people"]

    assert (person["tags"], person["tagNames"]) == (["t1", "gone"], ["vip"])


def test_a_company_without_a_name_has_no_place_in_the_names_of_its_person(api):
    api.company(name="Acme")
    person = api.person(companies=[{"company_id": "g2"}, {"company_id": "g1"}])

    assert api.get(f"/people/{person}")["companyNames"] == ["Acme"]


def test_an_event_is_kept_whole_and_says_when_it_arrived(api, company):
    person = api.person(email="ann@x.io")
    named = {"user_id": "u1", "email": "ann@x.io", "company_id": "g1"}
    sent = {**named, "name": "Paid", "deduplication_id": "d1", "created_at": "2026-03-01"}

    api.post("/event", {**sent, "metadata": {"value": 3}})

    (kept,) = api.get("/_mock/state")["events"]
    linked = {"person": person, "company": company, "dropped": None}
    assert kept == {**sent, **linked, "id": kept["id"], "metadata": {"value": 3}, "received_at": NOW}


def test_the_last_request_of_a_company_is_when_its_newest_event_arrived(api, company):
    api.post("/event", {"name": "e", "company_id": "g1", "created_at": "2026-03-01"})
    api.post("/event", {"name": "e", "company_id": "g1", "created_at": "2026-03-02"})
    api.freeze(LATER)
    api.post("/event", {"name": "e", "company_id": "g1", "created_at": "2020-01-01"})

    (answer,) = api.get(f"/company/{company}")["companies"]

    assert answer["last_request_at"] == LATER


@pytest.mark.parametrize("own", ["2026-03-01T01:00:00+02:00", "2026-02-27"])
def test_a_company_was_last_seen_at_its_latest_moment_however_it_is_spelled(api, company, own):
    api.person(companies=[{"company_id": "g1"}])
    api.post("/event", {"name": "e", "company_id": "g1", "created_at": own})

    api.post("/event", {"name": "e", "user_id": "u1", "created_at": "2026-02-28T23:30:00Z"})

    assert api.get(f"/company/{company}")["companies"][0]["last_seen_at"] == "2026-02-28T23:30:00Z"


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (["2026-01-02", "2026-01-01"], ("2026-01-01", "2026-01-02")),
        (["2026-01-01", "2026-01-02"], ("2026-01-01", "2026-01-02")),
        (["2026-01-03", "2026-01-01", "2026-01-02"], ("2026-01-01", "2026-01-03")),
        (["2026-01-01", "2026-01-01T00:00:00Z"], ("2026-01-01", "2026-01-01")),
    ],
)
def test_a_person_was_first_and_last_seen_at_the_dates_of_its_events_in_any_order(api, days, span):
    events = [{"name": "e", "user_id": "u1", "created_at": day} for day in days]

    state = api.put("/_mock/state", {"people": [{"user_id": "u1"}], "events": events})

    (answer,) = state["people"]
    assert (answer["first_seen_at"], answer["last_seen_at"]) == span


def test_the_fields_of_people_are_listed_with_their_names_and_types(api):
    api.person(custom_attributes={"seat_no": 4})

    fields = api.get("/customer/attributes")

    assert fields[0] == {"name": "user_id", "niceName": "User Id", "fieldType": "String"}
    assert fields[-1] == {
        "name": "custom_attributes.seat_no",
        "niceName": "Seat No",
        "fieldType": "Number",
    }
    assert len(fields) == 21


@pytest.mark.usefixtures("company")
def test_the_fields_of_companies_are_listed_with_their_health_scores(api):
    fields = api.get("/company/attributes")

    scores = {"name": "metrics.health_scores.hs", "niceName": "Usage", "fieldType": "Number"}
    assert fields[-2:] == [
        scores,
        {"name": "custom_attributes.region", "niceName": "Region", "fieldType": "String"},
    ]
    people = {"name": "metrics.people_count", "niceName": "People Count", "fieldType": "Number"}
    assert people in fields


@pytest.mark.usefixtures("company")
def test_the_fields_of_people_have_no_health_scores(api):
    names = [field["name"] for field in api.get("/customer/attributes")]

    assert [name for name in names if "health" in name] == []
