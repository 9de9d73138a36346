"""People: upsert, the two ways to find them, deletes, and the older name /customer."""

import pytest

from custify_transformer import HttpRequest
from mock_custify.dataplane.delivery.local_delivery import deliver


def test_an_upsert_answers_the_flat_person_with_every_identifier(api):
    answer = api.post("/people", {"user_id": "u1"})

    assert api.status == 200
    assert answer["id"] == answer["_id"]
    assert (answer["user_id"], answer["email"], answer["companies"]) == ("u1", None, [])


def test_fields_left_out_stay_and_null_empties(api):
    api.person(email="a@x.io", name="Ann", phone="1")

    answer = api.post("/people", {"user_id": "u1", "phone": None})

    assert (answer["email"], answer["name"], answer["phone"]) == ("a@x.io", "Ann", None)


def test_custom_attributes_merge_by_key(api):
    api.person(custom_attributes={"a": 1, "b": 2})

    answer = api.post("/people", {"user_id": "u1", "custom_attributes": {"b": None, "c": "x"}})

    assert answer["custom_attributes"] == {"a": 1, "c": "x"}


def test_php_writes_empty_objects_as_arrays(api):
    answer = api.post("/people", {"user_id": "u1", "custom_attributes": [], "companies": []})

    assert (api.status, answer["custom_attributes"]) == (200, {})


def test_the_older_name_updates_by_internal_id(api):
    person = api.person(custom_attributes={"a": 1})

    answer = api.post("/customer", {"id": person, "custom_attributes": {"b": 2}})

    assert answer["custom_attributes"] == {"a": 1, "b": 2}
    assert api.get(f"/customer/{person}") == answer


def test_a_listed_company_is_added_and_made_when_it_is_unknown(api):
    first = api.person(companies=[{"company_id": "g1"}])
    api.person(companies=[{"company_id": "g2"}])

    linked = api.get(f"/people/{first}")["companies"]

    assert linked == [company["id"] for company in api.get("/company/all")["companies"]]


def test_remove_unlinks_and_is_no_error_without_a_link(api):
    api.person(companies=[{"company_id": "g1"}])

    removed = [{"company_id": "g1", "remove": True}, {"company_id": "nowhere", "remove": True}]
    answer = api.post("/people", {"user_id": "u1", "companies": removed})

    assert (api.status, answer["companies"]) == (200, [])


def test_a_plus_in_an_unencoded_query_is_found(api):
    api.person(email="a+b@x.io")

    answer = api.get("/people?email=a+b@x.io")

    assert answer[0]["people"][0]["email"] == "a+b@x.io"


def test_a_page_is_an_array_of_one_object(api):
    api.person()

    assert [page["total"] for page in api.get("/people/all", itemsPerPage=1)] == [1]
    assert api.get("/people/all", page=1000000000000)[0] == {"people": [], "total": 1}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"page": "0"}, 'query: page must be at least 1, got "0"'),
        ({"page": "x"}, 'query: page must be a whole number, got "x"'),
        ({"itemsPerPage": "-1"}, 'query: itemsPerPage must be at least 1, got "-1"'),
    ],
)
def test_a_page_that_is_none_is_refused(api, query, error):
    answer = api.get("/people/all", **query)

    assert (api.status, answer) == (400, {"error": error})


def test_people_of_a_company_are_nested(api):
    person = api.person(email="a@x.io", session_count=3, companies=[{"company_id": "g1"}])
    company = api.get("/company", company_id="g1")["companies"][0]["id"]

    (page,) = api.get(f"/company/people/{company}")

    assert page["people"][0]["id"] == person
    assert page["people"][0]["details"]["email"] == "a@x.io"
    assert page["people"][0]["activity"] == {"last_seen_at": None, "session_count": 3}


def test_people_of_a_company_come_oldest_first_however_they_were_linked(api):
    first, second = api.person(), api.post("/people", {"user_id": "u2", "companies": [{"company_id": "g1"}]})
    api.person(companies=[{"company_id": "g1"}])

    (page,) = api.get(f"/company/people/{second['companies'][0]}")

    assert [one["id"] for one in page["people"]] == [first, second["id"]]


def test_people_of_a_company_keep_their_order_when_one_is_updated(api):
    api.freeze("2026-01-01")
    first, second = (api.person(user_id=name, companies=[{"company_id": "g1"}]) for name in ("u1", "u2"))
    api.freeze("2026-01-02")
    answer = api.post("/people", {"user_id": "u1", "name": "Ann"})

    (page,) = api.get(f"/company/people/{answer['companies'][0]}")

    assert [one["id"] for one in page["people"]] == [first, second]


def test_people_of_a_company_are_as_old_as_the_moment_they_were_made_at(api):
    people = [
        {"user_id": "u1", "companies": ["c1"], "created_at": "2026-01-01T09:00:00Z"},
        {"user_id": "u2", "companies": ["c1"], "created_at": "2026-01-01T10:00:00+02:00"},
        {"user_id": "u3", "companies": ["c1"], "created_at": "2026-01-01 10:00"},
    ]
    api.put("/_mock/state", {"companies": [{"id": "c1", "company_id": "g1"}], "people": people})

    (page,) = api.get("/company/people/c1")

    assert [one["details"]["user_id"] for one in page["people"]] == ["u2", "u1", "u3"]


def test_the_names_of_the_companies_of_a_person_stand_in_the_order_of_the_companies(api):
    companies = [{"company_id": "g1", "name": "Zeta"}, {"company_id": "g2", "name": "Acme"}]
    api.put("/_mock/state", {"companies": companies})

    answer = api.post("/people", {"user_id": "u1", "companies": [{"company_id": "g1"}, {"company_id": "g2"}]})

    assert answer["companyNames"] == ["Zeta", "Acme"]


@pytest.mark.parametrize("remove", [False, "false", None])
def test_a_link_that_does_not_remove_makes_the_company_that_is_unknown(api, remove):
    api.person(companies=[{"company_id": "new", "remove": remove}])

    assert api.get("/company", company_id="new")["companies"][0]["metrics"]["people_count"] == 1


def test_people_of_an_unknown_company_are_not_found(api):
    answer = api.get("/company/people/unknown")

    assert (api.status, answer) == (404, {"error": "there is no company with the id 'unknown'"})


@pytest.mark.parametrize("path", ["/people/unknown", "/people?user_id=nobody", "/people?email=nobody"])
def test_deleting_nobody_is_not_found(api, path):
    api.delete(path)

    assert api.status == 404


@pytest.mark.parametrize("named", ["user_id=u1", "email=a@x.io"])
def test_a_person_is_deleted_by_name(api, named):
    api.person(email="a@x.io", companies=[{"company_id": "g1"}])

    answer = api.delete(f"/people?{named}")

    assert answer == {"deleted": 1}
    assert api.get("/company/all")["companies"][0]["metrics"]["people_count"] == 0


def test_a_person_may_take_the_email_of_another_one_who_is_still_found_by_it(api):
    first = api.person(email="a@x.io", name="Ann")
    second = api.post("/people", {"user_id": "u2"})["id"]

    answer = api.post("/people", {"user_id": "u2", "email": "a@x.io", "name": "Bob"})

    assert (answer["id"], answer["email"], answer["name"]) == (second, "a@x.io", "Bob")
    (page,) = api.get("/people", email="a@x.io")
    assert [(one["id"], one["name"]) for one in page["people"]] == [(first, "Ann")]


def test_a_person_is_seen_when_its_events_happened(api):
    person = api.person()
    days = ("2026-01-02T00:00:00.000Z", "2026-01-01", "2026-01-03 10:00")
    api.post("/event", {"name": "e", "user_id": "u1", "created_at": days[0]})
    api.post("/event", {"name": "e", "user_id": "u1", "created_at": days[1]})
    api.post("/event", {"name": "e", "user_id": "u1", "created_at": days[2]})

    answer = api.get(f"/people/{person}")

    assert (answer["first_seen_at"], answer["last_seen_at"]) == (days[1], days[2])


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/people"), ("DELETE", "/people"), ("GET", "/company"), ("DELETE", "/company")],
)
def test_a_plus_that_became_a_blank_is_found_in_user_ids_and_company_ids_too(api, method, path):
    api.person(user_id="a+b")
    api.company(company_id="a+b")

    answer = api.call(method, f"{path}?user_id=a+b&company_id=a+b")

    assert (api.status, "a+b" in str(answer) or answer == {"deleted": 1}) == (200, True)


@pytest.mark.parametrize("path", ["/people", "/company"])
def test_an_identifier_with_a_blank_goes_before_one_with_a_plus(api, path):
    named = [{"user_id": name, "company_id": name} for name in ("a+b", "a b")]
    made = [api.post(path, body)["id"] for body in named]

    answer = api.get(path, user_id="a b", company_id="a b")

    assert (made[0] in str(answer), made[1] in str(answer)) == (False, True)


def test_a_changed_email_and_a_changed_user_id_keep_companies_and_events(api):
    person = api.person(email="old@x.io", companies=[{"company_id": "g1"}])
    api.post("/event", {"name": "e", "user_id": "u1", "created_at": "2026-01-01"})

    answer = api.post("/people", {"id": person, "user_id": "new", "email": "new@x.io"})

    assert (answer["user_id"], answer["email"]) == ("new", "new@x.io")
    assert (len(answer["companies"]), answer["last_seen_at"]) == (1, "2026-01-01")


def test_a_company_keeps_its_company_id_its_people_and_its_events_when_another_one_is_sent(api):
    api.person(companies=[{"company_id": "g1"}])
    company = api.company(name="Acme")
    api.post("/event", {"name": "e", "company_id": "g1", "created_at": "2026-01-01"})

    answer = api.post("/company", {"id": company, "company_id": "new", "name": "Acme 2"})

    assert (answer["company_id"], answer["name"]) == ("g1", "Acme 2")
    assert (answer["metrics"]["people_count"], answer["last_seen_at"]) == (1, "2026-01-01")
    assert api.get("/people", user_id="u1")[0]["people"][0]["companies"] == [company]


@pytest.mark.parametrize("path", ["/people", "/customer"])
def test_both_names_of_an_upsert_follow_the_same_rules(api, path):
    answer = api.post(path, {"user_id": "u1", "email": "a@x.io", "companies": [{"company_id": "g1"}]})

    assert api.get(f"/people/{answer['id']}") == api.get(f"/customer/{answer['id']}") == answer
    assert (api.post(path, {"id": "x"}), api.status) == ({"error": "there is no person with the id 'x'"}, 404)


@pytest.mark.parametrize("user_id", ["a&b=c", "a+b", "a b", "ü#✓", "50%"])
def test_a_built_deletion_names_the_person_whatever_letters_the_id_has(api, user_id):
    api.person(user_id=user_id)
    api.person(user_id="a")
    headers = {"Authorization": f"Bearer {api.key}"}
    request = HttpRequest("DELETE", "https://api.custify.com/people", headers, {"user_id": user_id}, None)

    answer = deliver(api.client.application, request)

    left = [person["user_id"] for person in api.get("/_mock/state")["people"]]
    assert (answer.status, left) == (200, ["a"])
