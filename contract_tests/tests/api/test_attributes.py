"""The lists of fields: standard ones, and custom ones typed by their values."""

import pytest

from support.api import asked


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "Boolean"),
        (1, "Number"),
        (1.5, "Number"),
        ("x", "String"),
        ("2026-01-31", "Date"),
        ({"value": 100, "currency": "USD"}, "Currency"),
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


@pytest.mark.parametrize(
    "text",
    [
        " 2026-01-31",
        "2026-01-31 ",
        "2026-13-01",
        "2026-02-29",
        "2026-1-31",
        "2026/01/31",
        "2026-01-31T10:30",
        "2026-01-31T10:30:00.12Z",
        "2026-01-31T10:30:00.123456",
        "2026-01-31 10:30:00.123",
    ],
)
def test_a_text_that_is_nearly_a_date_is_text(api, text):
    api.company(custom_attributes={"field": text})

    assert api.get("/company/attributes")[-1]["fieldType"] == "String"


@pytest.mark.parametrize("text", ["20260131", "1769855400"])
def test_a_date_of_digits_only_is_a_number(api, text):
    api.company(custom_attributes={"field": text})

    assert api.get("/company/attributes")[-1]["fieldType"] == "Number"


def test_a_custom_field_of_one_kind_of_record_is_none_of_the_other(api):
    api.company(custom_attributes={"of_company": 1})
    api.person(custom_attributes={"of_person": 1})

    named = [[field["name"] for field in api.get(f"/{kind}/attributes")] for kind in ("company", "customer")]
    assert [[name for name in names if "." in name and "metrics" not in name] for names in named] == [
        ["custom_attributes.of_company"],
        ["custom_attributes.of_person"],
    ]


def test_a_custom_field_stays_known_when_its_last_value_is_gone(api):
    api.company(custom_attributes={"field": 1})
    api.company(custom_attributes={"field": None})

    assert api.get("/company/attributes")[-1]["name"] == "custom_attributes.field"


def test_restoring_a_snapshot_takes_back_the_fields_seen_since(api):
    api.put("/_mock/snapshots/a", {})
    api.company(custom_attributes={"field": 1})

    api.post("/_mock/snapshots/a/restore", {})

    assert api.get("/company/attributes")[-1]["name"] == "updated_at"


@pytest.mark.parametrize(("score", "found"), [("hs2", 1), ("hs", 0), ("gone", 0)])
def test_a_filter_on_a_health_score_is_about_that_score(api, score, found):
    values = [
        {"health_score_id": name, "company_id": "g1", "value": at} for at, name in enumerate(("hs", "hs2"))
    ]
    scores = [{"id": "hs", "name": "h"}, {"id": "hs2", "name": "h"}]
    companies = [{"company_id": "g1"}]
    api.put("/_mock/state", {"companies": companies, "health_scores": scores, "health_score_values": values})

    page = api.get("/company/all", filters=asked(f"metrics.health_scores.{score}", "Number", "greater", 0))

    assert page["total"] == found
