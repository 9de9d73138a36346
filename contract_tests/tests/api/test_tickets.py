"""Tickets: writing, finding and deleting them by their external id, and their replies."""

import pytest

from support.vendor_work import mistakes

STATE = {
    "users": [{"id": "m1", "email": "jane@x.io", "name": "Jane"}],
    "segments": [
        {"id": "s1", "name": "Large", "type": "company", "members": ["c1"]},
        {"id": "s2", "name": "Other", "type": "company", "members": ["c2"]},
    ],
    "companies": [
        {"id": "c1", "company_id": "g1", "name": "Acme", "owners_csm": "jane@x.io"},
        {"id": "c2", "company_id": "g2", "name": "Beta"},
    ],
    "people": [{"id": "p1", "user_id": "u1", "email": "ann@x.io", "name": "Ann"}],
}
REPLY = {"from": "Jane", "body": "Try again", "type": "outgoing", "submittedAt": "2026-01-01T12:00:00.000Z"}


@pytest.fixture
def world(api):
    """A workspace with a user, two segments, two companies and a person."""
    state = api.put("/_mock/state", STATE)
    assert api.status == 200, state
    return api


def test_a_ticket_is_written_on_a_company_and_a_person(world):
    sent = {
        "externalId": "T-1",
        "title": "No login",
        "description": "d",
        "ticketStatus": "pending",
        "priority": "high",
        "assignedToName": "Jane",
        "openedAt": "2026-01-01",
        "lastModifiedAt": "2026-01-02",
        "replies": [REPLY],
    }

    ticket = world.post("/ticket", {**sent, "company": "g1", "people": "ann@x.io"})

    assert {name: ticket[name] for name in sent} == sent
    assert (ticket["company"], ticket["companyNames"]) == (["c1"], [{"g1": "Acme"}])
    assert (ticket["people"], ticket["peopleNames"]) == ([{"id": "p1"}], ["Ann"])
    assert (ticket["status"], ticket["provider"]) == ("active", "api")


def test_a_list_shows_a_ticket_in_the_form_of_the_vendor_without_its_replies(world):
    ticket = world.post("/ticket", {"externalId": "T-1", "company": "g1", "replies": [REPLY]})

    (shown,) = world.get("/ticket")["tickets"]

    assert shown == {name: value for name, value in ticket.items() if name != "replies"}
    assert mistakes("TicketListing", shown) == []


@pytest.mark.parametrize("people", ["u1", "ann@x.io"])
def test_the_person_of_a_ticket_is_named_by_user_id_or_email(world, people):
    assert world.post("/ticket", {"people": people})["people"] == [{"id": "p1"}]


def test_a_ticket_is_opened_now_when_it_does_not_say_when(world):
    world.freeze("2030-01-01")

    assert world.post("/ticket", {"title": "t"})["openedAt"] == "2030-01-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"company": "g9"}, "company: there is no company with the company_id 'g9'"),
        ({"people": "u9"}, "people: there is no person with the user_id or email 'u9'"),
        ({"openedAt": "soon"}, "openedAt: 'soon' is not a date: send one such as 2026-01-31"),
        ({"lastModifiedAt": "soon"}, "lastModifiedAt: 'soon' is not a date: send one such as 2026-01-31"),
        (
            {"replies": [{"submittedAt": "soon"}]},
            "replies[0].submittedAt: 'soon' is not a date: send one such as 2026-01-31",
        ),
        ({"externalId": "T-0"}, "externalId 'T-0' belongs to another ticket: change that one with PUT"),
    ],
)
def test_a_ticket_with_a_mistake_is_refused_and_not_kept(world, body, error):
    world.post("/ticket", {"externalId": "T-0"})

    answer = world.post("/ticket", body)

    assert (world.status, answer) == (400, {"error": error})
    assert world.get("/ticket")["total"] == 1


@pytest.mark.parametrize("body", [{"title": 1}, {"replies": {}}, {"replies": [{"type": "mail"}]}])
def test_a_ticket_with_a_value_of_another_type_is_refused(world, body):
    world.post("/ticket", body)

    assert world.status == 400


def test_an_update_writes_what_is_sent_and_leaves_the_rest(world):
    ticket = world.post("/ticket", {"externalId": "T-1", "title": "t", "company": "g1", "replies": [REPLY]})
    world.freeze("2030-01-01")

    answer = world.put("/ticket/T-1", {"ticketStatus": "solved"})

    assert answer == {**ticket, "ticketStatus": "solved", "updated_at": "2030-01-01T00:00:00.000Z"}


def test_replies_in_an_update_replace_those_on_record(world):
    world.post("/ticket", {"externalId": "T-1", "replies": [REPLY, REPLY]})
    new = {**REPLY, "type": "note"}

    assert world.put("/ticket/T-1", {"replies": [new]})["replies"] == [new]


def test_null_takes_a_ticket_off_its_company(world):
    world.post("/ticket", {"externalId": "T-1", "company": "g1", "title": "t"})

    answer = world.put("/ticket/T-1", {"company": None, "title": None})

    assert (answer["company"], "title" in answer) == ([], False)


def test_a_ticket_is_found_by_a_new_external_id(world):
    world.post("/ticket", {"externalId": "T-1", "title": "t"})

    world.put("/ticket/T-1", {"externalId": "T-2"})

    assert world.put("/ticket/T-2", {})["title"] == "t"


def test_an_external_id_of_another_ticket_is_refused_in_an_update(world):
    for name in ("T-1", "T-2"):
        world.post("/ticket", {"externalId": name})

    answer = world.put("/ticket/T-1", {"externalId": "T-2"})

    assert (world.status, answer["error"][:26]) == (400, "externalId 'T-2' belongs t")


def test_a_reply_is_appended_and_written_now_when_it_does_not_say_when(world):
    world.post("/ticket", {"externalId": "T-1", "replies": [REPLY]})
    world.freeze("2030-01-01")

    answer = world.post("/ticket/T-1/reply", {"from": "Ann", "body": "Thanks", "type": "incoming"})

    late = {"from": "Ann", "body": "Thanks", "type": "incoming", "submittedAt": "2030-01-01T00:00:00.000Z"}
    assert answer["replies"] == [REPLY, late]


@pytest.mark.parametrize(("method", "path"), [("PUT", "/ticket/T-9"), ("POST", "/ticket/T-9/reply")])
def test_an_unknown_ticket_is_refused(world, method, path):
    answer = world.call(method, path, {})

    assert (world.status, answer) == (400, {"error": "there is no ticket with the externalId 'T-9'"})


def test_a_deleted_ticket_is_gone_and_cannot_be_deleted_again(world):
    world.post("/ticket", {"externalId": "T-1"})

    first = world.delete("/ticket/T-1")
    second = world.delete("/ticket/T-1")

    assert (first, world.status) == ({"deleted": 1}, 404)
    assert second == {"error": "there is no ticket with the externalId 'T-1'"}
    assert world.get("/ticket")["total"] == 0


TICKETS = [
    {
        "externalId": "a",
        "openedAt": "2026-01-01",
        "company": ["c1"],
        "ticketStatus": "open",
        "priority": "low",
    },
    {"externalId": "b", "openedAt": "2026-01-03", "people": ["p1"], "provider": "zendesk", "tags": ["t1"]},
    {"externalId": "c", "openedAt": "2026-01-02", "company": ["c2"], "assignedToName": "Jane Doe"},
]


@pytest.fixture
def found(world):
    """Return the external ids of the tickets that a query finds, in their order."""
    world.put("/_mock/state", {**STATE, "tickets": TICKETS})
    return lambda path="/ticket", **query: "".join(
        one["externalId"] for one in world.get(path, **query)["tickets"]
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, "bca"),
        ({"order": "asc"}, "acb"),
        ({"sort": "externalId", "order": "asc"}, "abc"),
        ({"sort": "externalId"}, "cba"),
        ({"externalId": "c"}, "c"),
        ({"searchTerm": "JANE"}, "c"),
        ({"searchTerm": "zendesk"}, "b"),
        ({"itemsPerPage": "1", "page": "2"}, "c"),
    ],
)
def test_tickets_come_by_the_date_of_their_opening_unless_asked_otherwise(found, query, names):
    assert found(**query) == names


@pytest.mark.parametrize(
    ("field", "values", "names"),
    [
        ("ticketStatus", ["open", "pending"], "a"),
        ("priority", ["LOW"], "a"),
        ("assignedToName", ["Jane Doe"], "c"),
        ("provider", ["zendesk"], "b"),
        ("tags", ["t1"], "b"),
        ("csm", ["jane@x.io"], "a"),
        ("segments", ["s1"], "a"),
        ("segments", ["s1", "s2"], "ca"),
    ],
)
def test_a_filter_finds_the_tickets_with_any_of_its_values(found, field, values, names):
    assert found(filters=[{"field": field, "values": values}]) == names


def test_different_fields_of_a_filter_must_all_match(found):
    filters = [{"field": "segments", "values": ["s1", "s2"]}, {"field": "priority", "values": ["low"]}]

    assert found(filters=filters) == "a"


@pytest.mark.parametrize(("entity", "names"), [("c1", "a"), ("c2", "c"), ("p1", "b")])
def test_the_tickets_of_a_company_or_a_person_are_listed_by_its_internal_id(found, entity, names):
    assert found(f"/ticket/{entity}") == names


def test_the_tickets_of_nobody_are_not_found(world):
    answer = world.get("/ticket/unknown")

    assert (world.status, answer) == (
        404,
        {"error": "there is no company and no person with the id 'unknown'"},
    )


@pytest.mark.parametrize(("path", "left"), [("/company/c1", "bc"), ("/people/p1", "ca")])
def test_a_deleted_record_takes_the_tickets_along_that_are_on_nobody_else(world, found, path, left):
    world.delete(path)

    assert found() == left


def test_a_ticket_that_is_also_on_another_record_stays_there(world):
    world.post("/ticket", {"externalId": "T-1", "company": "g1", "people": "u1"})

    world.delete("/people/p1")

    (ticket,) = world.get("/ticket")["tickets"]
    assert (ticket["company"], ticket["people"]) == (["c1"], [])


def test_tickets_of_a_state_come_back_as_they_were(world):
    world.post("/ticket", {"externalId": "T-1", "company": "g1", "people": "u1", "replies": [REPLY]})
    state = world.get("/_mock/state")

    assert world.put("/_mock/state", state) == state


def test_two_tickets_of_a_state_with_one_external_id_are_refused(world):
    world.put("/_mock/state", {"tickets": [{"externalId": "T-1"}] * 2})

    assert world.status == 400
