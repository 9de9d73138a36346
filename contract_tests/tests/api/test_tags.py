"""Tags: making them and putting them on companies and people."""

import pytest


def test_tags_are_listed_by_category(api):
    tag = api.post("/tag", {"name": "vip", "category": "company", "color": "#f00"})
    api.post("/tag", {"name": "later", "category": "task"})

    assert api.get("/tag", category="company") == {"tags": [tag], "total": 1}
    assert api.get("/tag")["total"] == 2


def test_tags_are_numbered_in_the_order_they_were_made(api):
    api.post("/tag", {"name": "vip", "category": "company"})
    api.post("/tag", {"name": "later", "category": "task"})

    assert [tag["position"] for tag in api.get("/tag")["tags"]] == [0, 1]


def test_a_tag_is_put_on_and_taken_off(api):
    company, tag = api.company(), api.post("/tag", {"name": "vip", "category": "company"})["id"]
    change = {"ids": [company, company], "category": "company", "tag": tag}

    added = api.call("PATCH", "/tag/entity", {**change, "type": "add"})
    tagged = api.get(f"/company/{company}")["companies"][0]["tags"]
    removed = api.call("PATCH", "/tag/entity", {**change, "type": "remove"})

    assert (added, tagged, removed) == ({"updated": 1}, [tag], {"updated": 1})
    assert api.get(f"/company/{company}")["companies"][0]["tags"] == []


def test_a_person_shows_the_names_of_its_tags(api):
    person, tag = api.person(), api.post("/tag", {"name": "vip", "category": "people"})["id"]

    api.call("PATCH", "/tag/entity", {"ids": [person], "category": "people", "tag": tag, "type": "add"})

    assert api.get(f"/people/{person}")["tagNames"] == ["vip"]


@pytest.mark.parametrize("change", [{"tag": "unknown"}, {"ids": ["unknown"]}, {"category": "people"}])
def test_what_is_unknown_is_not_found_and_nothing_is_tagged(api, change):
    company, tag = api.company(), api.post("/tag", {"name": "vip", "category": "company"})["id"]
    body = {"ids": [company], "category": "company", "tag": tag, "type": "add", **change}

    api.call("PATCH", "/tag/entity", body)

    assert api.status == 404
    assert api.get(f"/company/{company}")["companies"][0]["tags"] == []


def test_a_second_tag_comes_after_the_first_and_leaves_with_no_other(api):
    person = api.person(email="a@x.io")
    first, second = (api.post("/tag", {"name": name, "category": "people"})["id"] for name in "ab")
    change = {"ids": [person], "category": "people"}
    api.call("PATCH", "/tag/entity", {**change, "tag": first, "type": "add"})

    api.call("PATCH", "/tag/entity", {**change, "tag": second, "type": "add"})
    both = api.get(f"/people/{person}")["tags"]
    api.call("PATCH", "/tag/entity", {**change, "tag": first, "type": "remove"})

    assert (both, api.get(f"/people/{person}")["tags"]) == ([first, second], [second])


@pytest.mark.parametrize(("kind", "changed"), [("add", "c2"), ("remove", "c1")])
def test_only_records_that_a_tag_changes_are_counted_and_dated(api, kind, changed):
    api.freeze("2026-01-01")
    companies = [{"id": "c1", "company_id": "g1", "tags": ["t1"]}, {"id": "c2", "company_id": "g2"}]
    api.put("/_mock/state", {"companies": companies, "tags": [{"id": "t1", "name": "vip"}]})
    api.freeze("2026-01-02")

    change = {"ids": ["c1", "c2"], "category": "company", "tag": "t1", "type": kind}
    answer = api.call("PATCH", "/tag/entity", change)

    days = {one["id"]: one["updated_at"][:10] for one in api.get("/company/all")["companies"]}
    assert answer == {"updated": 1}
    assert days == {"c1": "2026-01-01", "c2": "2026-01-01", changed: "2026-01-02"}


def test_one_unknown_record_among_known_ones_keeps_the_tag_off_all(api):
    company, tag = api.company(), api.post("/tag", {"name": "vip", "category": "company"})["id"]

    api.call(
        "PATCH",
        "/tag/entity",
        {"ids": [company, "unknown"], "category": "company", "tag": tag, "type": "add"},
    )

    assert (api.status, api.get(f"/company/{company}")["companies"][0]["tags"]) == (404, [])


def test_an_update_of_a_tagged_person_keeps_the_tags(api):
    api.put("/_mock/state", {"people": [{"user_id": "u1", "tags": ["t1"]}]})

    assert api.post("/people", {"user_id": "u1", "name": "Ann"})["tags"] == ["t1"]


def test_a_record_is_as_new_as_the_tag_that_was_put_on_it(api):
    api.freeze("2026-05-01")
    company, tag = api.company(), api.post("/tag", {"name": "vip", "category": "company"})["id"]
    api.freeze("2026-05-02")

    api.call("PATCH", "/tag/entity", {"ids": [company], "category": "company", "tag": tag, "type": "add"})

    (answer,) = api.get(f"/company/{company}")["companies"]
    assert answer["updated_at"] == "2026-05-02T00:00:00.000Z"
