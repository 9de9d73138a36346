"""The vendor's rules about people and companies: who is meant, what is created, linked, unset and deleted.

Source: vendor's API description, section 30, rules 1 and 3 to 22.
"""

import pytest

MOMENT = "2026-05-01T12:00:00.000Z"
UNKNOWN = "f" * 24


@pytest.fixture
def world(api):
    api.freeze(MOMENT)
    return api


def refused(world, path, body, text):
    answer = world.post(path, body)
    assert (world.status, text in answer["error"]) == (400, True), answer


def people(world):
    """Return the user_id and the email of every person on record, oldest first."""
    return [(one["user_id"], one["email"]) for one in world.get("/_mock/state")["people"]]


@pytest.mark.parametrize("key", ["", "Bearer ", "Basic abc"])
@pytest.mark.parametrize("path", ["/people/all", "/company/all", "/tag", "/survey", "/batch/x"])
def test_a_call_without_a_key_is_refused(world, key, path):
    answer = world.client.get(path, headers={"Authorization": key})

    assert answer.status_code == 401


@pytest.mark.parametrize("named", [{"user_id": "u1"}, {"email": "ann@x.io"}])
def test_an_unknown_person_is_created_and_then_updated(world, named):
    first, second = world.post("/people", named), world.post("/people", {**named, "name": "Ann"})

    assert (world.status, second["id"], second["name"]) == (200, first["id"], "Ann")
    assert len(people(world)) == 1


@pytest.mark.parametrize(
    ("names", "found"),
    [(("id", "user_id", "email"), "a"), (("user_id", "email"), "b"), (("email",), "c")],
)
def test_a_person_is_looked_up_by_id_then_user_id_then_email(world, names, found):
    ids = {name: world.post("/people", {"user_id": name, "email": f"{name}@x.io"})["id"] for name in "abc"}
    all_names = {"id": ids["a"], "user_id": "b", "email": "c@x.io"}

    if found == "a":
        all_names.pop("user_id")  # it is of another person
    answer = world.post("/people", {name: all_names[name] for name in names if name in all_names})

    assert answer["id"] == ids[found]


def test_an_id_match_stores_both_other_names(world):
    person = world.post("/people", {"user_id": "u1", "email": "ann@x.io"})

    world.post("/people", {"id": person["id"], "user_id": "u2", "email": "bob@x.io"})

    assert people(world) == [("u2", "bob@x.io")]


def test_an_id_match_takes_no_user_id_of_another_person(world):
    person = world.post("/people", {"user_id": "u1"})
    world.post("/people", {"user_id": "u2"})

    refused(
        world, "/people", {"id": person["id"], "user_id": "u2", "name": "Half"}, "belongs to another person"
    )

    assert [one["name"] for one in world.get("/_mock/state")["people"]] == [None, None]


def test_a_user_id_match_replaces_the_email(world):
    person = world.post("/people", {"user_id": "u1", "email": "ann@x.io"})

    assert world.post("/people", {"user_id": "u1", "email": "bob@x.io"})["id"] == person["id"]
    assert people(world) == [("u1", "bob@x.io")]


def test_an_email_match_without_a_user_id_gets_the_user_id(world):
    person = world.post("/people", {"email": "ann@x.io"})

    assert world.post("/people", {"user_id": "u1", "email": "ann@x.io"})["id"] == person["id"]
    assert people(world) == [("u1", "ann@x.io")]


def test_an_email_match_with_another_user_id_is_a_second_person(world):
    world.post("/people", {"user_id": "u1", "email": "ann@x.io", "name": "Ann"})

    world.post("/people", {"user_id": "u2", "email": "ann@x.io", "name": "Bob"})

    assert people(world) == [("u1", "ann@x.io"), ("u2", "ann@x.io")]
    assert world.get("/people", user_id="u1")[0]["people"][0]["name"] == "Ann"


def test_of_people_who_share_an_email_the_oldest_one_is_found(world):
    for user_id in ("u1", "u2"):
        world.post("/people", {"user_id": user_id, "email": "ann@x.io"})

    assert world.get("/people", email="ann@x.io")[0]["people"][0]["user_id"] == "u1"
    assert world.post("/people", {"email": "ann@x.io", "name": "Ann"})["user_id"] == "u1"
    world.delete("/people", email="ann@x.io")
    assert people(world) == [("u2", "ann@x.io")]
    assert world.get("/people", email="ann@x.io")[0]["people"][0]["user_id"] == "u2"


@pytest.mark.parametrize(
    ("body", "status"),
    [({"name": "A"}, 400), ({"user_id": None, "email": ""}, 400), ({"id": UNKNOWN, "name": "A"}, 404)],
)
def test_a_person_needs_a_name_to_be_found_by(world, body, status):
    world.post("/people", body)

    assert (world.status, people(world)) == (status, [])


def test_what_an_update_leaves_out_stays(world):
    world.post("/people", {"user_id": "u1", "name": "Ann", "custom_attributes": {"a": 1, "b": 2}})

    person = world.post("/people", {"user_id": "u1", "phone": "1", "custom_attributes": {"b": 3}})

    assert (person["name"], person["phone"], person["custom_attributes"]) == ("Ann", "1", {"a": 1, "b": 3})


def test_switches_are_off_at_first(world):
    person, company = world.post("/people", {"user_id": "u1"}), world.post("/company", {"company_id": "g1"})

    found = [person["unsubscribed_from_emails"], person["unsubscribed_from_calls"], company["churned"]]
    assert found == [False, False, False]


def test_companies_are_linked_and_unlinked_by_either_id(world):
    ids = {name: world.post("/company", {"company_id": name})["id"] for name in ("g1", "g2", "g3")}

    def link(*links):
        return world.post("/people", {"user_id": "u1", "companies": list(links)})["companies"]

    assert link({"company_id": "g1"}) == [ids["g1"]]
    assert link({"id": ids["g2"]}, {"company_id": "g3"}) == [ids["g1"], ids["g2"], ids["g3"]]
    assert link({"id": ids["g1"], "remove": True}) == [ids["g2"], ids["g3"]]
    assert link({"company_id": "g3", "remove": True}) == [ids["g2"]]


def test_a_company_is_found_by_either_id_and_else_created(world):
    first = world.post("/company", {"company_id": "g1"})

    assert world.post("/company", {"company_id": "g1", "name": "A"})["id"] == first["id"]
    assert world.post("/company", {"id": first["id"], "name": "B"})["id"] == first["id"]
    assert world.post("/company", {"company_id": "g2", "name": "C"})["id"] != first["id"]


def test_a_company_id_never_changes(world):
    first = world.post("/company", {"company_id": "g1"})

    world.post("/company", {"id": first["id"], "company_id": "g9", "name": "A"})

    companies = world.get("/_mock/state")["companies"]
    assert [(one["company_id"], one["name"]) for one in companies] == [("g1", "A")]


def test_an_owner_is_a_known_user(world):
    world.put("/_mock/state", {"users": [{"id": "m1", "email": "eve@x.io", "name": "Eve"}]})

    company = world.post("/company", {"company_id": "g1", "owners_csm": "eve@x.io"})
    assert company["owners_csm"] == "m1"
    company = world.post(
        "/company", {"company_id": "g1", "owners_csm": "eve@x.io", "owners_account": "no@x.io"}
    )
    assert (company["owners_csm"], company["owners_account"]) == ("m1", None)


def test_parents_are_linked_and_unlinked_by_either_id(world):
    ids = {name: world.post("/company", {"company_id": name})["id"] for name in ("top", "side", "low")}

    def parents(*links):
        answer = world.post("/company", {"company_id": "low", "parent_companies": list(links)})
        return [parent["id"] for parent in answer["parent_companies"]]

    assert parents({"company_id": "top"}) == [ids["top"]]
    assert parents({"id": ids["side"]}) == [ids["top"], ids["side"]]
    assert parents({"id": ids["top"], "remove": True}) == [ids["side"]]
    assert parents({"company_id": "side", "remove": True}) == []


def test_a_company_is_not_above_itself(world):
    for name in ("a", "b", "c"):
        world.post("/company", {"company_id": name})
    world.post("/company", {"company_id": "b", "parent_companies": [{"company_id": "a"}]})
    world.post("/company", {"company_id": "c", "parent_companies": [{"company_id": "b"}]})

    for name in ("a", "c"):
        refused(world, "/company", {"company_id": "a", "parent_companies": [{"company_id": name}]}, "parent")


def test_an_event_counts_for_the_company_and_its_parent(world):
    world.post("/company", {"company_id": "top"})
    world.post("/company", {"company_id": "low", "parent_companies": [{"company_id": "top"}]})
    world.post("/people", {"user_id": "u1", "companies": [{"company_id": "low"}]})

    world.post("/event", {"user_id": "u1", "name": "Paid", "created_at": MOMENT})

    shown = [world.get("/company", company_id=name)["companies"][0] for name in ("low", "top")]
    assert [one["last_seen_at"] for one in shown] == [MOMENT, MOMENT]


@pytest.mark.parametrize("how", ["id", "user_id", "email"])
def test_a_deleted_person_is_gone_with_the_events(world, how):
    person = world.post("/people", {"user_id": "u1", "email": "ann@x.io"})
    world.post("/event", {"user_id": "u1", "name": "Paid", "created_at": MOMENT})
    path, query = (f"/people/{person['id']}", {}) if how == "id" else ("/people", {how: person[how]})

    assert world.delete(path, **query) == {"deleted": 1}

    state = world.get("/_mock/state")
    assert (state["people"], state["events"]) == ([], [])
    world.delete(path, **query)
    assert world.status == 404


@pytest.mark.parametrize("how", ["id", "company_id"])
def test_a_deleted_company_is_gone_with_the_events_and_links(world, how):
    company = world.post("/company", {"company_id": "g1"})
    world.post("/people", {"user_id": "u1", "companies": [{"company_id": "g1"}]})
    world.post("/event", {"company_id": "g1", "name": "Paid", "created_at": MOMENT})
    path, query = (f"/company/{company['id']}", {}) if how == "id" else ("/company", {how: "g1"})

    assert world.delete(path, **query) == {"deleted": 1}

    state = world.get("/_mock/state")
    assert (state["companies"], state["events"], state["memberships"]) == ([], [], [])
    assert people(world) == [("u1", None)]
    world.delete(path, **query)
    assert world.status == 404


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/people", {"user_id": "u1"}),
        ("/people", {"email": "ann@x.io"}),
        ("/people/p1", {}),
        ("/company", {"company_id": "g1"}),
        ("/company/c1", {}),
    ],
)
def test_a_record_is_read_by_each_of_its_names_and_an_unknown_one_is_not_found(world, path, query):
    world.get(path, **query)
    assert world.status == 404

    companies = [{"id": "c1", "company_id": "g1"}]
    person = {"id": "p1", "user_id": "u1", "email": "ann@x.io"}
    world.put("/_mock/state", {"companies": companies, "people": [person]})
    world.get(path, **query)
    assert world.status == 200


@pytest.mark.parametrize("path", ["/people", "/company"])
def test_a_read_that_names_nobody_is_not_found(world, path):
    world.get(path)

    assert world.status == 404


def test_unset_empties_the_named_fields_and_no_other(world):
    body = {"user_id": "u1", "name": "Ann", "phone": "1", "custom_attributes": {"a": 1, "b": 2}}
    world.post("/people", body)

    person = world.post("/people", {"user_id": "u1", "$unset": ["phone", "custom_attributes.a"]})

    assert (person["name"], person["phone"], person["custom_attributes"]) == ("Ann", None, {"b": 2})


def test_unset_works_on_companies(world):
    world.post("/company", {"company_id": "g1", "plan": "Pro", "size": 5, "custom_attributes": {"a": 1}})

    company = world.post("/company", {"company_id": "g1", "$unset": ["plan", "custom_attributes.a"]})

    assert (company["plan"], company["size"], company["custom_attributes"]) == (None, 5, {})


def test_one_request_may_set_and_unset_different_fields(world):
    world.post("/people", {"user_id": "u1", "phone": "1"})

    person = world.post("/people", {"user_id": "u1", "name": "Ann", "$unset": ["phone"]})

    assert (person["name"], person["phone"]) == ("Ann", None)


@pytest.mark.parametrize(
    ("sent", "unset"), [({"name": "B"}, "name"), ({"custom_attributes": {"a": 1}}, "custom_attributes.a")]
)
def test_no_field_is_set_and_unset_at_once(world, sent, unset):
    world.post("/people", {"user_id": "u1", "name": "Ann"})

    refused(world, "/people", {"user_id": "u1", **sent, "$unset": [unset]}, "$unset")

    assert world.get("/people", user_id="u1")[0]["people"][0]["name"] == "Ann"
