"""Notes: writing them on companies and people, and their order."""

import pytest


@pytest.mark.parametrize("model", ["Company", "Customer", "People", "Person"])
def test_a_note_is_written_on_a_company_or_a_person(api, model):
    entity = api.company(name="Acme") if model == "Company" else api.person(name="Acme")

    note = api.post("/note", {"entity": entity, "entityModel": model, "text": "<b>x</b>", "subject": "s"})

    assert (note["entity"], note["entityName"], note["text"]) == (entity, "Acme", "<b>x</b>")
    assert api.get(f"/note/{entity}") == {"notes": [note], "total": 1}


def test_a_note_on_nobody_is_refused(api):
    answer = api.post("/note", {"entity": "x", "entityModel": "Company", "text": "t"})

    assert (api.status, answer["error"]) == (400, "there is no company with the id 'x'")


def test_notes_are_newest_first_and_sticky_ones_before_them_for_one_entity(api):
    dated = [("old", "2026-01-01", True), ("new", "2026-01-03", False), ("middle", "2026-01-02", False)]
    notes = [{"text": text, "created_at": day, "sticky": on, "entity": "g1"} for text, day, on in dated]
    state = api.put("/_mock/state", {"companies": [{"company_id": "g1"}], "notes": notes})

    entity = state["companies"][0]["id"]

    assert [note["text"] for note in api.get("/note")["notes"]] == ["new", "middle", "old"]
    assert [note["text"] for note in api.get(f"/note/{entity}")["notes"]] == ["old", "new", "middle"]


def test_a_page_of_notes_has_at_most_two_hundred(api):
    api.put("/_mock/state", {"notes": [{"text": "x"}] * 210})

    answer = api.get("/note", itemsPerPage=300)

    assert (len(answer["notes"]), answer["total"]) == (200, 210)


def test_sticky_notes_and_the_others_come_each_newest_first(api):
    dated = [("a", "2026-01-01", True), ("b", "2026-01-03", True), ("c", "2026-01-02", False)]
    dated.append(("d", "2026-01-04", False))
    notes = [{"text": text, "created_at": day, "sticky": on, "entity": "g1"} for text, day, on in dated]
    api.put("/_mock/state", {"companies": [{"id": "c1", "company_id": "g1"}], "notes": notes})

    assert [note["text"] for note in api.get("/note/c1")["notes"]] == ["b", "a", "d", "c"]


def test_a_note_on_a_company_is_not_one_on_a_person_of_it(api):
    person = api.person(companies=[{"company_id": "g1"}])
    company = api.get("/company", company_id="g1")["companies"][0]["id"]

    api.post("/note", {"entity": company, "entityModel": "Company", "text": "t"})

    assert api.get(f"/note/{person}") == {"notes": [], "total": 0}


@pytest.mark.parametrize(("entity", "model"), [("person", "Company"), ("company", "Person")])
def test_a_note_on_a_record_of_the_other_kind_is_refused(api, entity, model):
    ids = {"person": api.person(), "company": api.company()}

    api.post("/note", {"entity": ids[entity], "entityModel": model, "text": "t"})

    assert (api.status, api.get("/note")["total"]) == (400, 0)


USERS = [{"id": "m1", "email": "jane@x.io", "name": "Jane"}, {"id": "m2", "email": "joe@x.io"}]


@pytest.fixture
def company(api):
    """The internal id of a company, in a workspace with two users, two tags and a file."""
    tags = [{"id": "t1", "name": "a", "category": "note"}, {"id": "t2", "name": "b", "category": "task"}]
    state = {"users": USERS, "tags": tags, "files": [{"id": "f1", "name": "a.txt"}]}
    api.put("/_mock/state", {**state, "companies": [{"id": "c1", "company_id": "g1"}]})
    return "c1"


def written(api, company, **fields):
    """Return the answer to a note on the company."""
    return api.post("/note", {"entity": company, "entityModel": "Company", "text": "t", **fields})


def test_a_note_is_neither_sticky_nor_in_the_portal_unless_it_says_so(api, company):
    plain = written(api, company)
    marked = written(api, company, sticky=True, showInPortal=True)

    assert [(one["sticky"], one["showInPortal"]) for one in (plain, marked)] == [(False, False), (True, True)]


def test_a_note_keeps_its_tags_its_files_and_the_ids_of_the_users_it_mentions(api, company):
    users = {"mentionedUsers": ["joe@x.io", "m1"]}

    note = written(api, company, tags=["t1"], files=["f1"], metadata=users)

    assert (note["tags"], note["files"]) == (["t1"], ["f1"])
    assert note["metadata"] == {"mentionedUsers": ["m2", "m1"]}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"tags": ["t9"]}, "tags: there is no tag with the id 't9'"),
        ({"tags": ["t2"]}, "tags: the tag 't2' has the category task, not note"),
        ({"files": ["f9"]}, "files: there is no file with the id 'f9'"),
        (
            {"metadata": {"mentionedUsers": ["m9"]}},
            "metadata.mentionedUsers: there is no user with the id or email 'm9'",
        ),
    ],
)
def test_a_note_that_names_something_unknown_is_refused_and_not_kept(api, company, fields, error):
    answer = written(api, company, **fields)

    assert (api.status, answer) == (400, {"error": error})
    assert api.get("/note")["total"] == 0


@pytest.mark.parametrize("missing", ["text", "entity", "entityModel"])
@pytest.mark.parametrize("path", ["/note", "/note/n1"])
def test_a_note_needs_its_text_and_what_it_is_on_in_an_update_too(api, company, missing, path):
    body = {"entity": company, "entityModel": "Company", "text": "t"}
    del body[missing]

    answer = api.post(path, body)

    assert (api.status, missing in answer["error"]) == (400, True)


@pytest.mark.parametrize(
    "fields", [{"sticky": "yes"}, {"tags": "t1"}, {"metadata": []}, {"showInPortal": 1}, {"text": 1}]
)
def test_a_note_with_a_value_of_another_type_is_refused(api, company, fields):
    written(api, company, **fields)

    assert api.status == 400


def test_an_update_of_a_note_keeps_what_it_leaves_out(api, company):
    note = written(api, company, sticky=True, tags=["t1"])
    api.freeze("2030-01-01")

    answer = api.post(f"/note/{note['id']}", {"entity": company, "entityModel": "Company", "text": "new"})

    assert answer == {**note, "text": "new", "updated_at": "2030-01-01T00:00:00.000Z"}


def test_an_update_moves_a_note_to_the_record_that_it_names(api, company):
    note, person = written(api, company), api.person(name="Ann")

    answer = api.post(f"/note/{note['id']}", {"entity": person, "entityModel": "Customer", "text": "t"})

    assert (answer["entityName"], answer["company"], answer["people"]) == ("Ann", [], [person])
    assert api.get(f"/note/{company}")["total"] == 0


def test_an_update_of_an_unknown_note_is_refused(api, company):
    answer = api.post("/note/n9", {"entity": company, "entityModel": "Company", "text": "t"})

    assert (api.status, answer) == (400, {"error": "there is no note with the id 'n9'"})


NOTES = [
    {"text": "by the api", "createdByType": "api", "tags": ["t1"], "created_at": "2026-01-01"},
    {"text": "by a user", "createdByType": "User", "createdBy": "m1", "created_at": "2026-01-02"},
    {"text": "by a playbook", "createdByType": "playbook", "createdBy": "b1", "created_at": "2026-01-03"},
    {"text": "mail", "externalProvider": "hubspot", "externalId": "H-7", "created_at": "2026-01-04"},
    {"text": "mentions", "metadata": {"mentionedUsers": ["m2"]}, "externalId": "H-8", "entity": "g1"},
]


@pytest.fixture
def texts(api):
    """Return the texts that a query for notes finds, in their order."""
    notes = [{"created_at": "2026-01-05", **note} for note in NOTES]
    api.put("/_mock/state", {"companies": [{"id": "c1", "company_id": "g1"}], "notes": notes})
    return lambda path="/note", **query: [note["text"] for note in api.get(path, **query)["notes"]]


@pytest.mark.parametrize(
    ("field", "values", "found"),
    [
        ("createdByEntity", ["api"], ["by the api"]),
        ("createdByEntity", ["user_m1", "playbook_b1"], ["by a playbook", "by a user"]),
        ("createdByEntity", ["integration_hubspot"], ["mail"]),
        ("tags", ["t1", "t9"], ["by the api"]),
        ("mentioning", ["m2"], ["mentions"]),
        ("mentioning", ["m1"], []),
    ],
)
def test_a_filter_finds_the_notes_with_any_of_its_values(texts, field, values, found):
    assert texts(filters=[{"field": field, "values": values}]) == found


def test_different_fields_of_a_filter_must_all_match(texts):
    filters = [{"field": "createdByEntity", "values": ["api"]}, {"field": "tags", "values": ["t9"]}]

    assert texts(filters=filters) == []


def test_a_filter_on_a_field_that_notes_do_not_have_is_refused(api):
    answer = api.get("/note", filters=[{"field": "color", "values": ["x"]}])

    known = "createdByEntity, tags, mentioning"
    assert (api.status, answer["error"]) == (400, f"filters[0]: field 'color' is not known: use {known}")


@pytest.mark.parametrize(("search", "found"), [("BY A", ["by a playbook", "by a user"]), ("h-", ["mail"])])
def test_the_search_is_in_texts_and_in_the_external_ids_of_integrations(texts, search, found):
    assert texts(searchTerm=search) == found


def test_filters_and_search_work_on_the_notes_of_one_record_too(texts):
    assert texts("/note/c1", searchTerm="MENTION") == ["mentions"]
    assert texts("/note/c1", searchTerm="by") == []


@pytest.mark.parametrize(("order", "first"), [("asc", "by a playbook"), ("desc", "mentions")])
def test_notes_come_in_the_order_that_is_asked_for(texts, order, first):
    assert texts(sort="text", order=order)[0] == first


@pytest.mark.parametrize("model", ["Company", "Customer"])
def test_a_deleted_record_takes_its_notes_and_their_comments_along(api, model):
    entity = api.company() if model == "Company" else api.person()
    note = api.post("/note", {"entity": entity, "entityModel": model, "text": "t"})
    api.post(f"/comment/Note/{note['id']}", {"text": "c"})

    api.delete(f"/company/{entity}" if model == "Company" else f"/people/{entity}")

    state = api.get("/_mock/state")
    assert (state["notes"], state["comments"]) == ([], [])
