"""Companies: upsert, reads and deletes, and what is computed about them."""

import pytest


def test_an_update_by_internal_id_keeps_everything_else(api):
    company = api.company(name="Acme", website="acme.io", custom_attributes={"a": 1})

    answer = api.post("/company", {"id": company, "custom_attributes": {"b": 2}})

    assert (answer["company_id"], answer["name"], answer["website"]) == ("g1", "Acme", "acme.io")
    assert answer["custom_attributes"] == {"a": 1, "b": 2}


def test_an_unknown_internal_id_is_not_found(api):
    api.post("/company", {"id": "unknown", "name": "Acme"})

    assert api.status == 404


def test_a_company_without_a_name_is_refused(api):
    answer = api.post("/company", {"name": "Acme"})

    assert api.status == 400
    assert answer["error"].startswith("id or company_id is required")


def test_one_company_is_read_as_a_list(api):
    company = api.company(name=None, custom_attributes=[])

    answer = api.get(f"/company/{company}")

    assert (answer["total"], answer["companies"][0]["id"]) == (1, company)


@pytest.mark.parametrize(
    ("path", "name"), [("/company/unknown", "id"), ("/company?company_id=unknown", "company_id")]
)
def test_an_unknown_company_is_not_found(api, path, name):
    answer = api.get(path)

    assert (api.status, answer) == (404, {"error": f"there is no company with the {name} 'unknown'"})


@pytest.mark.parametrize("path", ["/company/{id}", "/company?company_id=g1"])
def test_a_deleted_company_leaves_its_people(api, path):
    person = api.person(companies=[{"company_id": "g1"}])
    (company,) = api.get(f"/people/{person}")["companies"]

    answer = api.delete(path.format(id=company))

    assert answer == {"deleted": 1}
    assert api.get(f"/people/{person}")["companies"] == []


def test_a_company_is_seen_when_one_of_its_people_is(api):
    api.person(companies=[{"company_id": "g1"}])
    api.post("/event", {"name": "e", "user_id": "u1", "created_at": "2026-01-02"})

    assert api.get("/company", company_id="g1")["companies"][0]["last_seen_at"] == "2026-01-02"


def test_parents_and_revenue_are_shown(api):
    parent = api.company()

    answer = api.post(
        "/company", {"company_id": "g2", "monthly_revenue": "12.5", "parent_companies": [{"id": parent}]}
    )

    assert (answer["monthly_revenue"], answer["mrr"]) == (12.5, 12.5)
    assert answer["parent_companies"] == [{"id": parent}]


def test_a_word_in_the_path_of_another_method_is_an_id_like_any_other(api):
    answer = api.delete("/company/all")

    assert (api.status, answer["error"]) == (404, "there is no company with the id 'all'")
