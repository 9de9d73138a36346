"""The rules of the store, one by one: who is meant, which links hold, what a delete takes, and pages."""

import pytest

from support.api import Api

G1, G2 = {"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}
ANN = {"id": "p1", "user_id": "u1", "email": "ann@x.io"}
BOB = {"id": "p2", "user_id": "u2", "email": "bob@x.io"}
EVENT = {"name": "e", "created_at": "2026-01-01"}


@pytest.fixture
def world(api):
    """Two people who both belong to two companies."""
    links = [(person, company) for person in ("u1", "u2") for company in ("g1", "g2")]
    memberships = [{"user_id": person, "company_id": company} for person, company in links]
    api.put("/_mock/state", {"people": [ANN, BOB], "companies": [G1, G2], "memberships": memberships})
    return api


def links(api):
    """Return who belongs to which company, as "u1 g1"."""
    state = api.get("/_mock/state")
    assert api.status == 200, f"the links do not fit together: {state}"
    return [f"{one['user_id']} {one['company_id']}" for one in state["memberships"]]


def people(api, **query):
    """Return the ids of the people that a query finds; none for a 404."""
    answer = api.get("/people", **query)
    return [] if api.status == 404 else [person["id"] for person in answer[0]["people"]]


def test_an_upsert_means_the_person_of_the_user_id_before_that_of_the_email(world):
    world.post("/people", {"user_id": "u2", "email": "new@x.io"})

    assert people(world, email="new@x.io") == ["p2"]


def test_an_upsert_with_the_user_id_of_one_and_the_email_of_another_means_the_user_id(world):
    answer = world.post("/people", {"user_id": "u1", "email": "bob@x.io"})

    assert (answer["id"], answer["email"]) == ("p1", "bob@x.io")
    assert (people(world, user_id="u2"), world.get("/people/p2")["email"]) == (["p2"], "bob@x.io")


def test_an_upsert_with_an_unknown_user_id_and_the_email_of_another_user_id_makes_a_separate_person(world):
    answer = world.post("/people", {"user_id": "u3", "email": "ann@x.io"})

    assert answer["id"] not in {"p1", "p2"}
    assert world.get("/people/p1")["user_id"] == "u1"
    assert people(world, email="ann@x.io") == ["p1"]


def test_an_upsert_with_an_unknown_user_id_means_the_person_of_the_email_who_has_no_user_id(api):
    person = api.post("/people", {"email": "ann@x.io"})["id"]
    api.post("/people", {"user_id": "u1", "email": "bob@x.io"})

    answer = api.post("/people", {"user_id": "u3", "email": "ann@x.io"})

    assert (answer["id"], answer["user_id"]) == (person, "u3")


def test_an_upsert_with_an_email_that_people_share_means_the_one_created_first(world):
    world.post("/people", {"user_id": "u1", "email": "bob@x.io"})

    assert world.post("/people", {"email": "bob@x.io"})["id"] == "p1"


def test_the_next_oldest_is_found_by_a_shared_email_when_the_oldest_is_gone_or_has_another(world):
    third = world.post("/people", {"user_id": "u3", "email": "ann@x.io"})["id"]
    fourth = world.post("/people", {"user_id": "u4", "email": "ann@x.io"})["id"]

    world.delete("/people/p1")
    after_delete = people(world, email="ann@x.io")
    world.post("/people", {"user_id": "u3", "email": "new@x.io"})

    assert (after_delete, people(world, email="ann@x.io")) == ([third], [fourth])


def test_people_who_share_an_email_are_the_same_people_in_a_state_that_is_put_back(world):
    world.post("/people", {"user_id": "u3", "email": "ann@x.io", "companies": [{"company_id": "g2"}]})
    state = world.get("/_mock/state")

    assert world.put("/_mock/state", state) == state
    assert people(world, email="ann@x.io") == ["p1"]


def test_people_who_share_an_email_and_have_no_user_id_keep_each_their_own_companies_in_a_state(api):
    api.post("/people", {"email": "ann@x.io"})
    second = api.post("/people", {"email": "bob@x.io", "companies": [{"company_id": "g1"}]})["id"]
    api.post("/people", {"id": second, "email": "ann@x.io"})
    state = api.get("/_mock/state")

    assert api.put("/_mock/state", state) == state


@pytest.mark.parametrize(
    ("event", "person"),
    [
        ({"user_id": "u1", "email": "bob@x.io"}, "p1"),
        ({"user_id": "u2", "email": "ann@x.io"}, "p2"),
        ({"user_id": "unknown", "email": "bob@x.io"}, "p2"),
        ({"email": "ann@x.io"}, "p1"),
    ],
)
def test_an_event_is_of_the_person_of_its_user_id_before_that_of_its_email(world, event, person):
    world.post("/event", {**EVENT, **event})

    assert world.get("/_mock/state")["events"][0]["person"] == person


def test_an_event_that_names_only_a_company_is_of_that_company_and_not_dropped(world):
    world.post("/event", {**EVENT, "company_id": "g1"})

    (event,) = world.get("/_mock/state")["events"]
    assert (event["person"], event["company"], event["dropped"]) == (None, "c1", None)


def test_an_event_of_a_person_belongs_to_no_company_that_it_does_not_name(world):
    world.post("/event", {**EVENT, "user_id": "u1", "company_id": "unknown"})

    (event,) = world.get("/_mock/state")["events"]
    assert (event["company"], world.get("/company/all")["total"]) == (None, 2)


def test_an_event_without_a_time_is_refused(world):
    answer = world.post("/event", {"name": "e", "user_id": "u1"})

    assert (world.status, answer) == (400, {"error": "created_at is required"})
    assert world.get("/_mock/state")["events"] == []


def test_an_event_keeps_when_it_happened_beside_when_it_arrived(world):
    world.freeze("2026-05-01")

    world.post("/event", {"name": "e", "user_id": "u1", "created_at": "2026-01-31"})

    (event,) = world.get("/_mock/state")["events"]
    assert (event["created_at"], event["received_at"]) == ("2026-01-31", "2026-05-01T00:00:00.000Z")


@pytest.mark.parametrize("moment", [1767225600, 1767225600.0, 1767225600000])
def test_a_time_as_a_number_is_read_in_seconds_or_milliseconds(api, moment):
    answer = api.post("/people", {"user_id": "u1", "signed_up_at": moment})

    assert answer["signed_up_at"] == "2026-01-01T00:00:00.000Z"


def test_the_id_of_a_link_is_the_internal_one_although_a_company_id_is_the_same(world):
    world.post("/company", {"company_id": "c1"})

    answer = world.post("/people", {"user_id": "u3", "companies": [{"id": "c1"}]})

    assert answer["companies"] == ["c1"]


def test_a_query_finds_the_user_id_before_the_email(world):
    assert people(world, user_id="u1", email="bob@x.io") == ["p1"]


@pytest.mark.parametrize("email", ["ANN@x.io", "Ann@X.io"])
def test_emails_that_differ_in_case_are_two_people(world, email):
    answer = world.post("/people", {"email": email})

    assert answer["id"] not in {"p1", "p2"}


@pytest.mark.parametrize("link", [{"company_id": "g1"}, {"id": "c1"}, {"id": "c1", "company_id": "g2"}])
@pytest.mark.parametrize("remove", [True, "true"])
def test_remove_parts_the_person_from_the_company_it_names_and_from_no_other(world, link, remove):
    world.post("/people", {"user_id": "u1", "companies": [{**link, "remove": remove}]})

    assert links(world) == ["u1 g2", "u2 g1", "u2 g2"]


@pytest.mark.parametrize("remove", [False, None, "false"])
def test_only_a_remove_that_is_true_parts_a_person_from_a_company(world, remove):
    world.post("/people", {"user_id": "u1", "companies": [{"company_id": "g1", "remove": remove}]})

    assert links(world) == ["u1 g1", "u1 g2", "u2 g1", "u2 g2"]


def test_removing_a_person_from_an_unknown_company_makes_none(world):
    world.post("/people", {"user_id": "u1", "companies": [{"company_id": "g9", "remove": True}]})

    assert world.get("/company/all")["total"] == 2


@pytest.mark.parametrize("link", [{"company_id": "g1"}, {"id": "c1"}])
def test_a_link_that_exists_stays_one_link(world, link):
    world.post("/people", {"user_id": "u1", "companies": [link, link]})

    assert links(world) == ["u1 g1", "u1 g2", "u2 g1", "u2 g2"]
    assert world.get("/company/people/c1")[0]["total"] == 2


def test_a_new_link_comes_after_the_others(world):
    world.post("/people", {"user_id": "u1", "companies": [{"company_id": "g3"}]})

    assert links(world)[:3] == ["u1 g1", "u1 g2", "u1 g3"]


def test_a_company_linked_by_both_its_ids_is_the_one_of_the_internal_id(world):
    answer = world.post("/people", {"user_id": "u3", "companies": [{"id": "c1", "company_id": "g2"}]})

    assert answer["companies"] == ["c1"]


@pytest.mark.parametrize("path", ["/company/c1", "/company?company_id=g1"])
def test_a_deleted_company_takes_all_its_links_and_no_other(world, path):
    world.delete(path)

    assert (world.status, links(world)) == (200, ["u1 g2", "u2 g2"])
    assert world.get("/people/p1")["companies"] == ["c2"]


@pytest.mark.parametrize("path", ["/people/p1", "/people?user_id=u1", "/people?email=ann@x.io"])
def test_a_deleted_person_takes_all_their_links_and_nobody_elses(world, path):
    world.delete(path)

    assert (world.status, links(world)) == (200, ["u2 g1", "u2 g2"])
    assert [one["id"] for one in world.get("/company/people/c1")[0]["people"]] == ["p2"]


def test_a_deleted_company_is_found_no_more_and_its_company_id_is_free(world):
    world.delete("/company/c1")

    answer = world.get("/company", company_id="g1")
    assert (world.status, answer) == (404, {"error": "there is no company with the company_id 'g1'"})
    assert world.post("/company", {"company_id": "g1"})["id"] != "c1"


def test_a_deleted_person_is_found_no_more_and_their_names_are_free(world):
    world.delete("/people/p1")

    found = people(world, user_id="u1"), people(world, email="ann@x.io")
    again = world.post("/people", {"user_id": "u1", "email": "ann@x.io"})
    assert (found, again["id"] in {"p1", "p2"}, again["companies"]) == (([], []), False, [])


@pytest.mark.parametrize(
    ("path", "left"), [("/people/p1", ["B", "C"]), ("/company/c1", ["A", "B"]), ("/company/c2", ["A", "C"])]
)
def test_a_deleted_record_takes_its_events_and_no_others(world, path, left):
    world.post("/event", {**EVENT, "name": "A", "user_id": "u1"})
    world.post("/event", {**EVENT, "name": "B", "user_id": "u2", "company_id": "g2"})
    world.post("/event", {**EVENT, "name": "C", "company_id": "g1"})

    world.delete(path)

    assert [event["name"] for event in world.get("/_mock/state")["events"]] == left


def test_a_company_was_not_seen_at_an_event_that_went_with_a_deleted_person(world):
    world.post("/event", {"name": "e", "user_id": "u2", "company_id": "g1", "created_at": "2026-01-01"})
    world.post("/event", {"name": "e", "user_id": "u1", "company_id": "g1", "created_at": "2026-01-02"})

    world.delete("/people/p1")

    assert world.get("/company/c1")["companies"][0]["last_seen_at"] == "2026-01-01"


def test_a_changed_email_is_free_for_somebody_else(world):
    world.post("/people", {"user_id": "u1", "email": "ann@y.io"})

    answer = world.post("/people", {"user_id": "u3", "email": "ann@x.io"})

    assert answer["id"] not in {"p1", "p2"}
    assert people(world, email="ann@x.io") == [answer["id"]]


def test_an_identifier_that_was_missing_can_be_given_later(api):
    person = api.person()

    answer = api.post("/people", {"user_id": "u1", "email": "ann@x.io"})

    assert answer["id"] == person
    assert (people(api, email="ann@x.io"), people(api, user_id="u1")) == ([person], [person])


@pytest.mark.parametrize("reference", ["p1", "u1", "ann@x.io"])
def test_a_reference_in_a_state_means_an_internal_id_a_user_id_or_an_email(api, reference):
    notes = [{"text": "t", "entity": reference}]

    state = api.put("/_mock/state", {"people": [ANN], "notes": notes})

    assert [note["entity"] for note in state["notes"]] == ["p1"]


def test_a_snapshot_keeps_whose_each_event_is(world):
    sent = {**EVENT, "user_id": "u1", "company_id": "g1"}
    world.post("/event", sent)
    world.put("/_mock/snapshots/a", {})
    before = world.get("/company/c1")
    usage = world.get("/company/usage/c1")

    world.post("/event", {**sent, "created_at": "2030-01-01"})
    world.post("/_mock/snapshots/a/restore", {})

    assert (world.get("/company/c1"), world.get("/company/usage/c1")) == (before, usage)


def test_metadata_that_php_writes_as_an_array_is_empty(world):
    world.post("/event", {**EVENT, "user_id": "u1", "metadata": []})

    assert world.get("/_mock/state")["events"][0]["metadata"] == {}


def test_a_company_id_never_changes_and_the_one_sent_is_free_for_another_company(world):
    answer = world.post("/company", {"id": "c1", "company_id": "g9", "name": "A"})

    assert (answer["id"], answer["company_id"], answer["name"]) == ("c1", "g1", "A")
    assert world.post("/company", {"company_id": "g9"})["id"] not in {"c1", "c2"}
    assert world.post("/company", {"company_id": "g1"})["id"] == "c1"


def test_upserts_of_the_same_company_id_as_text_and_as_number_are_one_company(api):
    first = api.post("/company", {"company_id": 77})

    assert api.post("/company", {"company_id": "77"})["id"] == first["id"]
    assert api.post("/company", {"company_id": 77.0})["id"] == first["id"]


def test_a_page_of_the_people_of_a_company_tells_how_many_there_are_in_all(world):
    (first,) = world.get("/company/people/c1", itemsPerPage=1)
    (second,) = world.get("/company/people/c1", itemsPerPage=1, page=2)

    shown = [[person["id"] for person in page["people"]] for page in (first, second)]
    assert (shown, first["total"], second["total"]) == ([["p1"], ["p2"]], 2, 2)


def test_a_company_was_last_seen_at_the_last_of_the_events_of_its_people(world):
    moments = [("u1", "2026-01-02"), ("u1", "2026-01-05"), ("u2", "2026-01-03")]
    events = [{"name": "e", "user_id": person, "created_at": day} for person, day in moments]

    state = world.put("/_mock/state", {**world.get("/_mock/state"), "events": events})

    assert [company["last_seen_at"] for company in state["companies"]] == ["2026-01-05", "2026-01-05"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({}, range(20)),
        ({"page": 2}, range(20, 25)),
        ({"page": 3}, []),
        ({"page": 2, "itemsPerPage": 7}, range(7, 14)),
        ({"page": 25, "itemsPerPage": 1}, [24]),
    ],
)
@pytest.mark.parametrize("sorting", [{}, {"sorting": {"field": "user_id", "direction": "asc"}}])
def test_a_page_has_twenty_people_unless_asked_and_pages_meet_without_gap_or_overlap(
    api, query, ids, sorting
):
    api.put("/_mock/state", {"people": [{"user_id": f"u{number:02}"} for number in range(25)]})

    (page,) = api.get("/people/all", **query, **sorting)

    assert [person["user_id"] for person in page["people"]] == [f"u{number:02}" for number in ids]
    assert page["total"] == 25


def test_two_workspaces_share_no_person_no_company_no_event_and_no_snapshot():
    one = Api("one")
    other = Api("other", one.client)
    empty = other.get("/_mock/state")

    one.put("/_mock/snapshots/a", {})
    one.person(companies=[{"company_id": "g1"}], custom_attributes={"x": 1})
    one.post("/event", {**EVENT, "user_id": "u1", "deduplication_id": "d"})
    one.put("/_mock/faults", {"faults": [{"status": 500}]})

    assert other.get("/_mock/state") == empty
    assert (other.get("/_mock/snapshots"), other.get("/_mock/faults")["faults"]) == ({"snapshots": []}, [])
    assert (other.get("/_mock/requests")["total"], other.get("/_mock/requests")["requests"]) == (0, [])


def test_a_reference_that_is_an_internal_id_and_a_company_id_means_the_internal_one(api):
    companies = [{"id": "x", "company_id": "g1"}, {"id": "c2", "company_id": "x"}]
    people = [{"id": "y", "user_id": "u1"}, {"id": "p2", "user_id": "y"}]
    notes = [{"text": "t", "entity": "x"}, {"text": "t", "entity": "y"}]

    state = api.put("/_mock/state", {"companies": companies, "people": people, "notes": notes})

    assert [note["entity"] for note in state["notes"]] == ["x", "y"]


@pytest.mark.parametrize(("asked", "found"), [("Ann@X.io", 1), ("ann@x.io", 0), ("ANN@X.IO", 0)])
def test_an_email_is_found_as_it_was_sent_by_queries_events_and_scores(api, asked, found):
    api.person(email="Ann@X.io")
    api.post("/event", {**EVENT, "email": asked})
    status = api.status

    score = api.post(f"/nps_score?email={asked}", {"score": 9})

    assert (len(people(api, email=asked)), "error" not in score) == (found, bool(found))
    assert status == (202 if found else 404)
    assert [event["person"] is not None for event in api.get("/_mock/state")["events"]] == [bool(found)]


@pytest.mark.parametrize("word", ["people", "segments", "usage"])
def test_an_internal_id_that_is_a_word_of_another_path_is_found(api, word):
    api.put("/_mock/state", {"companies": [{"id": word, "company_id": "g1"}]})

    (company,) = api.get(f"/company/{word}")["companies"]

    assert company["id"] == word
