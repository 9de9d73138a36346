"""A call that needs an internal id and gets a company_id or a user_id names the internal id."""

import pytest

NOTE = {"entity": "acme", "entityModel": "Company", "text": "called"}


@pytest.fixture
def ids(api):
    """The internal ids of a company and a person."""
    api.post("/people", {"user_id": "u1", "companies": [{"company_id": "acme"}]})
    state = api.get("/_mock/state")
    return state["companies"][0]["id"], state["people"][0]["id"]


@pytest.mark.parametrize(
    ("path", "body", "place"),
    [
        ("/company", {"id": "acme", "name": "Acme"}, ""),
        ("/people", {"user_id": "u2", "companies": [{"id": "acme"}]}, "companies: "),
        ("/company", {"company_id": "b", "parent_companies": [{"id": "acme"}]}, "parent_companies[0]: "),
        ("/note", NOTE, ""),
    ],
)
def test_a_company_id_in_place_of_an_internal_id_is_explained(api, ids, path, body, place):
    answer = api.post(path, body)

    text = f"there is no company with the id 'acme': this is a company_id, use the internal id {ids[0]!r}"
    assert answer == {"error": place + text}


def test_a_company_id_in_the_path_is_explained(api, ids):
    text = f"there is no company with the id 'acme': this is a company_id, use the internal id {ids[0]!r}"

    assert api.delete("/company/acme") == {"error": text}


def test_a_user_id_in_the_path_is_explained(api, ids):
    text = f"there is no person with the id 'u1': this is a user_id, use the internal id {ids[1]!r}"

    assert api.delete("/people/u1") == {"error": text}


@pytest.mark.usefixtures("ids")
def test_an_id_that_is_neither_is_only_named(api):
    assert api.delete("/people/x") == {"error": "there is no person with the id 'x'"}


@pytest.mark.usefixtures("ids")
def test_the_company_id_of_a_company_is_no_hint_about_a_person(api):
    assert api.delete("/people/acme") == {"error": "there is no person with the id 'acme'"}
