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

    assert (api.status, answer["error"]) == (400, "there is no Company with the id 'x'")


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
