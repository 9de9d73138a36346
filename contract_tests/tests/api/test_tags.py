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


CATEGORIES = [
    *("people", "company", "task", "note", "segment", "playbook", "lifecycle", "health_score", "survey"),
    *("calculated_metric", "meeting", "time_tracker"),
]


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_tag_has_any_category_that_the_vendor_names(api, category):
    answer = api.post("/tag", {"name": "vip", "category": category, "description": "d"})

    assert (api.status, answer["category"], answer["description"]) == (200, category, "d")


@pytest.mark.parametrize(
    "body",
    [{"name": "vip"}, {"category": "note"}, {"name": "", "category": "note"}, {"name": "a", "category": "b"}],
)
def test_a_tag_without_a_name_or_a_known_category_is_refused(api, body):
    answer = api.post("/tag", body)

    assert (api.status, list(answer)) == (400, ["error"])
    assert api.get("/tag")["total"] == 0


def test_an_update_of_a_tag_keeps_what_it_leaves_out(api):
    tag = api.post("/tag", {"name": "vip", "category": "note", "description": "d", "color": "#f00"})
    api.freeze("2030-01-01")

    answer = api.post(f"/tag/{tag['id']}", {"name": "new", "category": "note"})

    assert answer == {**tag, "name": "new", "updated_at": "2030-01-01T00:00:00.000Z"}
    assert api.get("/tag")["tags"] == [answer]


def test_an_update_of_an_unknown_tag_is_refused(api):
    answer = api.post("/tag/unknown", {"name": "new", "category": "note"})

    assert (api.status, answer) == (400, {"error": "there is no tag with the id 'unknown'"})


def test_one_tag_is_read_as_a_list_of_one_and_an_unknown_one_as_an_empty_list(api):
    tag = api.post("/tag", {"name": "vip", "category": "note"})

    assert api.get(f"/tag/{tag['id']}") == {"tags": [tag], "total": 1}
    assert api.get("/tag/unknown") == {"tags": [], "total": 0}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, "bca"),
        ({"order": "desc"}, "acb"),
        ({"sort": "name", "order": "asc"}, "abc"),
        ({"sort": "name", "order": "desc"}, "cba"),
        ({"category": "all"}, "bca"),
        ({"category": "note"}, "b"),
    ],
)
def test_tags_come_by_position_unless_an_order_is_asked_for(api, query, names):
    tags = [{"name": name, "position": index} for index, name in enumerate("bca")]
    api.put("/_mock/state", {"tags": [{**tags[2]}, {**tags[0], "category": "note"}, {**tags[1]}]})

    assert "".join(tag["name"] for tag in api.get("/tag", **query)["tags"]) == names


def test_a_category_that_no_tag_can_have_is_refused(api):
    api.get("/tag", category="color")

    assert api.status == 400


def test_a_new_tag_comes_after_all_others_even_after_one_is_deleted(api):
    first, _ = (api.post("/tag", {"name": name, "category": "note"}) for name in "ab")
    api.delete(f"/tag/{first['id']}")

    assert api.post("/tag", {"name": "c", "category": "note"})["position"] == 2


TAGGED = {
    "tags": [{"id": "t1", "name": "one"}, {"id": "t2", "name": "two"}],
    "companies": [{"id": "c1", "company_id": "g1", "tags": ["t1", "t2"]}],
    "people": [{"id": "p1", "user_id": "u1", "tags": ["t1", "t2"]}],
    "notes": [{"id": "n1", "text": "t", "tags": ["t1", "t2"]}],
    "tasks": [{"id": "k1", "name": "t", "tags": ["t1", "t2"]}],
    "tickets": [{"id": "i1", "tags": ["t1", "t2"]}],
    "segments": [{"id": "s1", "name": "s", "type": "company", "tags": ["t1", "t2"]}],
    "lifecycles": [{"id": "l1", "name": "l", "tags": ["t1", "t2"]}],
    "calculated_metrics": [{"id": "m1", "name": "m", "tags": ["t1", "t2"]}],
    "meetings": [{"id": "e1", "title": "e", "tags": ["t1", "t2"]}],
    "time_track": [{"id": "r1", "name": "r", "duration": 1, "startDate": "2026-01-01", "tags": ["t1", "t2"]}],
}
SECTIONS = [name for name in TAGGED if name != "tags"]


@pytest.fixture
def tagged(api):
    """A workspace with one record of each kind, each with two tags."""
    state = api.put("/_mock/state", TAGGED)
    assert api.status == 200, state
    return api


def tags_of(api, section):
    """Return the tags of the record of a section."""
    (record,) = api.get("/_mock/state")[section]
    return record["tags"]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_deleted_tag_is_taken_off_every_record_that_carries_it(tagged, section):
    answer = tagged.delete("/tag/t1")

    assert (tagged.status, answer) == (200, {"deleted": 1})
    assert tags_of(tagged, section) == ["t2"]


def test_a_deleted_tag_is_gone_and_cannot_be_deleted_again(tagged):
    tagged.delete("/tag/t1")

    answer = tagged.delete("/tag/t1")

    assert (tagged.status, answer) == (404, {"error": "there is no tag with the id 't1'"})
    assert [tag["id"] for tag in tagged.get("/tag")["tags"]] == ["t2"]


BY_CATEGORY = [
    *(("people", "people", "p1"), ("company", "companies", "c1"), ("task", "tasks", "k1")),
    *(("note", "notes", "n1"), ("segment", "segments", "s1")),
    *(
        ("lifecycle", "lifecycles", "l1"),
        ("calculated_metric", "calculated_metrics", "m1"),
        ("meeting", "meetings", "e1"),
    ),
    ("time_tracker", "time_track", "r1"),
]


@pytest.mark.parametrize(("category", "section", "record"), BY_CATEGORY)
def test_records_of_every_category_are_tagged(tagged, category, section, record):
    tag = tagged.post("/tag", {"name": "new", "category": category})["id"]

    body = {"ids": [record], "category": category, "tag": tag, "type": "add"}
    answer = tagged.call("PATCH", "/tag/entity", body)

    assert (answer, tags_of(tagged, section)) == ({"updated": 1}, ["t1", "t2", tag])


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_record_that_is_not_of_the_category_is_not_found(api, category):
    company = api.company()
    tag = api.post("/tag", {"name": "new", "category": category})["id"]
    other = api.person() if category == "company" else company

    body = {"ids": [other], "category": category, "tag": tag, "type": "add"}
    answer = api.call("PATCH", "/tag/entity", body)

    assert (api.status, answer) == (404, {"error": f"there is no {category} with the id {other!r}"})


def test_a_tag_of_another_category_is_refused(api):
    company, tag = api.company(), api.post("/tag", {"name": "x", "category": "note"})["id"]

    body = {"ids": [company], "category": "company", "tag": tag, "type": "add"}
    answer = api.call("PATCH", "/tag/entity", body)

    assert (api.status, answer["error"]) == (
        400,
        f"the tag {tag!r} has the category note, not company",
    )


def test_people_are_tagged_by_a_call_of_their_own(api):
    person, tag = api.person(), api.post("/tag", {"name": "vip", "category": "people"})["id"]

    added = api.post("/people/tag", {"ids": [person], "type": "add", "tag": tag})
    tags = api.get(f"/people/{person}")["tags"]
    removed = api.post("/people/tag", {"ids": [person], "type": "remove", "tag": tag})

    assert (added, tags, removed) == ({"updated": 1}, [tag], {"updated": 1})
    assert api.get(f"/people/{person}")["tags"] == []


@pytest.mark.parametrize("change", [{"ids": ["unknown"]}, {"tag": "unknown"}, {"type": "toggle"}])
def test_a_mistake_in_the_tagging_of_people_is_refused_and_nobody_is_tagged(api, change):
    person, tag = api.person(), api.post("/tag", {"name": "vip", "category": "people"})["id"]

    answer = api.post("/people/tag", {"ids": [person], "type": "add", "tag": tag, **change})

    assert (api.status, list(answer)) == (400, ["error"])
    assert api.get(f"/people/{person}")["tags"] == []
