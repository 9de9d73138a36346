"""The lists of fields: standard ones, and custom ones typed by their values."""

import pytest

from contract_tests.api import asked


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "Boolean"),
        (1, "Number"),
        (1.5, "Number"),
        ("x", "String"),
        ("2026-01-31", "Date"),
        (["a"], "Dropdown"),
    ],
)
def test_a_custom_field_has_the_type_of_its_value(api, value, kind):
    api.company(custom_attributes={"my_field": value})

    custom = api.get("/company/attributes")[-1]

    assert custom == {"name": "custom_attributes.my_field", "niceName": "My Field", "fieldType": kind}


def test_standard_fields_of_people_are_listed_in_a_bare_array(api):
    fields = {field["name"]: field["fieldType"] for field in api.get("/customer/attributes")}

    assert (fields["email"], fields["companies"], fields["session_count"]) == ("String", "Company", "Number")


def test_health_scores_are_fields_of_companies(api):
    api.put("/_mock/state", {"health_scores": [{"id": "hs", "name": "Usage"}]})

    fields = {field["name"]: field["niceName"] for field in api.get("/company/attributes")}

    assert fields["metrics.health_scores.hs"] == "Usage"


PEOPLE = {
    "id": "p1-id",
    "_id": "p1-id",
    "customer_id": "p1-id",
    "user_id": "u-one",
    "email": "ann@x.io",
    "name": "Ann Lee",
    "first_name": "Annie",
    "last_name": "Leeward",
    "title": "Dr",
    "role": "admin",
    "phone": "0170",
    "session_count": "77",
    "signed_up_at": "2026-01-02",
    "unsubscribed_from_emails": "true",
    "unsubscribed_from_calls": "false",
    "first_seen_at": "2026-03-01",
    "last_seen_at": "2026-03-02",
    "companies": "c1-id",
    "companyNames": "first",
    "tags": "t1-id",
    "tagNames": "vip",
    "buckets": "s1-id",
    "created_at": "2026-04-01",
    "updated_at": "2026-04-02",
    "custom_attributes.seat": "window",
    "seat": "window",
    "custom_attributes.name": "custom name",
}
COMPANIES = {
    "id": "c2-id",
    "company_id": "g2",
    "name": "Second",
    "website": "second.example/home",
    "domain": "second.test",
    "industry": "tools",
    "plan": "pro",
    "status": "active",
    "size": "12",
    "monthly_revenue": "99.5",
    "mrr": "99.5",
    "churned": "false",
    "signed_up_at": "2026-01-03",
    "owners_csm": "csm@x.io",
    "owners_csm_email": "csm@x.io",
    "owners_account": "sales@x.io",
    "last_seen_at": "2026-03-03",
    "last_request_at": "2026-03-04",
    "buckets": "s2-id",
    "tags": "t2-id",
    "metrics.people_count": "2",
    "created_at": "2026-04-03",
    "updated_at": "2026-04-04",
    "custom_attributes.region": "eu-west",
    "region": "eu-west",
}


FIRST = {"id": "c1-id", "company_id": "g1", "name": "First", "churned": True}
SECOND = {
    "id": "c2-id",
    "company_id": "g2",
    "name": "Second",
    "website": "second.example/home",
    "domain": "second.test",
    "industry": "tools",
    "plan": "pro",
    "status": "active",
    "size": 12,
    "monthly_revenue": 99.5,
    "churned": False,
    "signed_up_at": "2026-01-03",
    "tags": ["t2-id"],
    "owners_csm": "csm@x.io",
    "owners_account": "sales@x.io",
    "created_at": "2026-04-03",
    "updated_at": "2026-04-04",
    "custom_attributes": {"region": "eu-west"},
}
ANN = {
    "id": "p1-id",
    "user_id": "u-one",
    "email": "ann@x.io",
    "name": "Ann Lee",
    "title": "Dr",
    "first_name": "Annie",
    "last_name": "Leeward",
    "role": "admin",
    "phone": "0170",
    "session_count": 77,
    "signed_up_at": "2026-01-02",
    "tags": ["t0", "t1-id"],
    "unsubscribed_from_emails": True,
    "unsubscribed_from_calls": False,
    "companies": ["c2-id", "c1-id"],
    "created_at": "2026-04-01",
    "updated_at": "2026-04-02",
    "custom_attributes": {"seat": "window", "name": "custom name"},
}
BOB = {
    "user_id": "bob",
    "companies": ["c2-id"],
    "unsubscribed_from_emails": False,
    "unsubscribed_from_calls": True,
}
EVENT = {"name": "e", "received_at": "2026-03-04"}
FILLED = {
    "people": [BOB, ANN],
    "companies": [FIRST, SECOND],
    "tags": [{"id": "t1-id", "name": "VIP"}],
    "segments": [
        {"id": "s1-id", "name": "s1", "type": "people", "members": ["p1-id"]},
        {"id": "s2-id", "name": "s2", "members": ["c2-id"]},
    ],
    "events": [
        {**EVENT, "user_id": "u-one", "created_at": "2026-03-01"},
        {**EVENT, "company_id": "g2", "user_id": "u-one", "created_at": "2026-03-02"},
        {**EVENT, "user_id": "bob", "created_at": "2026-03-03"},
    ],
}


@pytest.fixture
def filled(api):
    """Two people and two companies; of each, one has a value of its own in every field."""
    api.put("/_mock/state", FILLED)
    assert api.status == 200
    return api


@pytest.mark.parametrize(("name", "value"), PEOPLE.items())
def test_a_filter_on_people_reads_the_field_it_names(filled, name, value):
    (page,) = filled.get("/people/all", filters=asked(name, "Dropdown", "is_any_of", [value, "none"]))

    assert [person["id"] for person in page["people"]] == ["p1-id"]


@pytest.mark.parametrize(("name", "value"), COMPANIES.items())
def test_a_filter_on_companies_reads_the_field_it_names(filled, name, value):
    page = filled.get("/company/all", filters=asked(name, "Dropdown", "is_any_of", [value, "none"]))

    assert [company["id"] for company in page["companies"]] == ["c2-id"]
