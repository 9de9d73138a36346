"""Tasks as the vendor describes them: every field that is written, users, and dynamic fields."""

import pytest

from support.vendor_work import mistakes

STATE = {
    "users": [
        {"id": "m1", "email": "jane@x.io", "name": "Jane"},
        {"id": "m2", "email": "joe@x.io"},
    ],
    "tags": [{"id": "t1", "name": "a", "category": "task"}, {"id": "t2", "name": "b", "category": "note"}],
    "files": [{"id": "f1", "name": "a.txt"}],
    "companies": [
        {"id": "c1", "company_id": "g1", "name": "Acme", "custom_attributes": {"tier": "gold"}},
        {"id": "c2", "company_id": "g2", "name": "Beta"},
    ],
    "people": [
        {"id": "p1", "user_id": "u1", "email": "ann@x.io", "name": "Ann", "companies": ["c1"]},
        {"id": "p2", "user_id": "u2"},
    ],
    "health_scores": [{"id": "h1", "name": "Usage"}],
    "health_score_values": [{"health_score_id": "h1", "company": "c1", "value": 70}],
}
NEEDED = {"name": "Call", "priority": "high", "status": "open"}


@pytest.fixture
def world(api):
    """A workspace with users, tags, a file, two companies and two people, one of them of a company."""
    state = api.put("/_mock/state", STATE)
    assert api.status == 200, state
    return api


def test_a_task_is_kept_with_every_field_that_is_written(world):
    sent = {
        **NEEDED,
        "description": "d",
        "dueDate": "2026-06-01T10:00:00.000Z",
        "externalId": "x1",
        "showInPortal": True,
        "assignedToCustomer": True,
        "tags": ["t1"],
        "files": ["f1"],
        "company": "c1",
        "people": "p1",
    }

    task = world.post("/task", sent)

    assert {name: task[name] for name in sent} == sent
    assert (task["company_id"], task["user_id"]) == ("g1", "u1")
    assert mistakes("TaskListing", task) == []


@pytest.mark.parametrize("missing", ["name", "priority"])
def test_a_task_needs_a_name_and_a_priority(world, missing):
    body = {**NEEDED, "company": "c1"}
    del body[missing]

    answer = world.post("/task", body)

    assert (world.status, missing in answer["error"]) == (400, True)


def test_a_task_is_open_unless_it_says_otherwise(world):
    assert world.post("/task", {"name": "Call", "priority": "low", "company": "c1"})["status"] == "open"


def test_a_task_needs_a_company(world):
    answer = world.post("/task", NEEDED)

    assert (world.status, answer) == (
        400,
        {"error": "company or company_id is required: a task is for a company"},
    )


@pytest.mark.parametrize(
    "link", [{"company": "c1"}, {"company_id": "g1"}, {"people": "p1"}, {"user_id": "u1"}]
)
def test_a_task_names_its_company_by_any_id_or_by_a_person_of_it(world, link):
    assert world.post("/task", {**NEEDED, **link})["company"] == "c1"


def test_the_person_of_a_task_belongs_to_its_company(world):
    answer = world.post("/task", {**NEEDED, "company": "c1", "people": "p2"})

    assert (world.status, answer["error"]) == (400, "the person 'p2' does not belong to the company 'c1'")


def test_a_company_id_that_nobody_has_is_refused(world):
    answer = world.post("/task", {**NEEDED, "company_id": "g9"})

    assert (world.status, answer["error"]) == (400, "there is no company with the company_id 'g9'")


def test_users_of_a_task_are_named_by_id_or_email_and_read_by_id(world):
    users = {"assignedTo": "jane@x.io", "collaborators": ["joe@x.io", "m1", "m2"]}

    task = world.post("/task", {**NEEDED, "company": "c1", **users})

    assert [task[name] for name in ("assignedTo", "assignedToName", "assignedToEmail")] == [
        "m1",
        "Jane",
        "jane@x.io",
    ]
    assert task["collaborators"] == ["m2", "m1"]
    assert task["collaboratorsDetailed"] == [
        {"id": "m2", "name": "joe@x.io", "email": "joe@x.io"},
        {"id": "m1", "name": "Jane", "email": "jane@x.io"},
    ]


def test_a_checklist_is_kept_with_its_users_by_id(world):
    items = [
        {"name": "a", "completed": True, "assignedTo": "joe@x.io", "dueDate": "2026-06-01"},
        {"name": "b", "completed": False},
    ]

    task = world.post("/task", {**NEEDED, "company": "c1", "checklist": items})

    assert task["checklist"] == [{**items[0], "assignedTo": "m2"}, items[1]]
    assert world.get(f"/task/{task['id']}")["tasks"] == [task]


@pytest.mark.parametrize("item", [{"name": "a"}, {"completed": True}, {"name": "a", "completed": "no"}])
def test_an_item_of_a_checklist_needs_a_name_and_whether_it_is_completed(world, item):
    world.post("/task", {**NEEDED, "company": "c1", "checklist": [item]})

    assert world.status == 400


def test_a_tag_of_another_category_is_refused(world):
    answer = world.post("/task", {**NEEDED, "company": "c1", "tags": ["t2"]})

    assert (world.status, answer["error"]) == (400, "tags: the tag 't2' has the category note, not task")


def test_an_update_writes_what_is_sent_and_leaves_the_rest(world):
    task = world.post("/task", {**NEEDED, "company": "c1", "description": "d", "tags": ["t1"]})
    world.freeze("2030-01-01")

    answer = world.put(f"/task/{task['id']}", {"_id": task["id"], "name": "New"})

    assert answer == {**task, "name": "New", "updated_at": "2030-01-01T00:00:00.000Z"}
    assert world.get(f"/task/{task['id']}")["tasks"] == [answer]


@pytest.mark.parametrize(
    "changes",
    [
        {"priority": "low"},
        {"description": "new"},
        {"dueDate": "2026-07-01"},
        {"externalId": "x2"},
        {"showInPortal": True},
        {"assignedToCustomer": True},
        {"tags": ["t1"]},
        {"files": ["f1"]},
        {"collaborators": ["m1"]},
        {"checklist": [{"name": "a", "completed": True}]},
        {"assignedTo": "m1"},
        {"company": "c2", "company_id": "g2"},
        {"people": "p1", "user_id": "u1"},
    ],
)
def test_every_field_of_a_task_can_be_updated(world, changes):
    task = world.post("/task", {**NEEDED, "company": "c1"})

    answer = world.put(f"/task/{task['id']}", changes)

    assert (world.status, {name: answer[name] for name in changes}) == (200, changes)


def test_null_empties_a_field_of_a_task(world):
    body = {"company": "c1", "people": "p1", "assignedTo": "m1", "description": "d", "dueDate": "2026-01-01"}
    task = world.post("/task", {**NEEDED, **body})

    cleared = ["people", "assignedTo", "description", "dueDate"]
    answer = world.put(f"/task/{task['id']}", dict.fromkeys(cleared))

    assert world.status == 200
    assert not {*cleared, "user_id", "assignedToName", "assignedToEmail", "assignedToModel"} & answer.keys()


def test_an_update_whose_id_names_another_task_is_refused(world):
    first, second = (world.post("/task", {**NEEDED, "company": "c1"}) for _ in range(2))

    answer = world.put(f"/task/{first['id']}", {"_id": second["id"], "status": "done"})

    error = f"_id is {second['id']!r}, but the path names the task {first['id']!r}"
    assert (world.status, answer) == (400, {"error": error})
    assert {task["status"] for task in world.get("/task")["tasks"]} == {"open"}


def test_an_update_with_one_mistake_changes_nothing(world):
    task = world.post("/task", {**NEEDED, "company": "c1"})

    world.put(f"/task/{task['id']}", {"name": "New", "assignedTo": "nobody"})

    assert world.status == 400
    assert world.get(f"/task/{task['id']}")["tasks"] == [task]


def test_a_task_is_found_by_its_external_id(world):
    tasks = [world.post("/task", {**NEEDED, "company": "c1", "externalId": one}) for one in ("x1", "x2")]

    assert world.get("/task", externalId="x2") == {"tasks": [tasks[1]], "total": 1}
    assert world.get("/task", externalId="x9") == {"tasks": [], "total": 0}


@pytest.mark.parametrize(
    ("description", "filled"),
    [
        ("Call {company:name}", "Call Acme"),
        ("{people:name} of {company:name}", "Ann of Acme"),
        ("{company:custom_attributes.tier}", "gold"),
        ("{company:metrics.people_count}", "1"),
        ("{company:metrics.health_scores.h1}", "70"),
        ("[{company:metrics.calculated_metrics.x}]", "[]"),
        ("[{company:custom_attributes.none}]", "[]"),
        ("{other:name} {plain}", "{other:name} {plain}"),
    ],
)
def test_the_dynamic_fields_of_a_description_are_filled_in(world, description, filled):
    links = {"company": "c1", "people": "p1"}

    task = world.post("/task", {**NEEDED, **links, "description": description})

    assert task["description"] == filled


def test_a_dynamic_field_of_a_person_whom_the_task_does_not_name_is_empty(world):
    task = world.post("/task", {**NEEDED, "company": "c1", "description": "[{people:name}]"})

    assert task["description"] == "[]"


def test_an_update_fills_in_the_description_for_the_company_that_it_names(world):
    task = world.post("/task", {**NEEDED, "company": "c1"})

    answer = world.put(f"/task/{task['id']}", {"company_id": "g2", "description": "{company:name}"})

    assert answer["description"] == "Beta"


def test_a_description_keeps_the_name_that_a_company_had_when_it_was_written(world):
    task = world.post("/task", {**NEEDED, "company": "c1", "description": "{company:name}"})
    world.post("/company", {"id": "c1", "name": "New"})

    assert world.get(f"/task/{task['id']}")["tasks"][0]["description"] == "Acme"


@pytest.mark.parametrize(
    ("field", "values", "found"),
    [
        ("assignedTo", ["jane@x.io"], ["a"]),
        ("assignedTo", ["m1", "m2"], ["a", "b"]),
        ("company", ["c1"], ["a"]),
        ("status", ["snoozed"], ["c"]),
        ("status", ["snoozed", "done"], ["b", "c"]),
    ],
)
def test_the_vendors_filters_find_any_of_their_values(world, field, values, found):
    tasks = [
        {"name": "a", "assignedTo": "jane@x.io", "company": "g1"},
        {"name": "b", "assignedTo": "m2", "status": "done", "snoozedUntilDate": "2999-01-01"},
        {"name": "c", "snoozedUntilDate": "2999-01-01"},
    ]
    world.put("/_mock/state", {**STATE, "tasks": tasks})

    answer = world.get("/task", filters=[{"field": field, "values": values}])

    assert [task["name"] for task in answer["tasks"]] == found


def test_two_filters_on_one_field_ask_for_the_values_of_both(world):
    world.put(
        "/_mock/state", {"tasks": [{"name": one, "priority": one} for one in ("low", "medium", "high")]}
    )
    filters = [{"field": "priority", "values": ["low"]}, {"field": "priority", "values": ["high"]}]

    assert [task["name"] for task in world.get("/task", filters=filters)["tasks"]] == ["low", "high"]


def test_the_choices_of_filters_have_the_form_of_the_vendor(world):
    playbooks = [{"id": "b1", "name": "Renewal"}]
    task = {
        "name": "t",
        "company": "g1",
        "assignedTo": "m2",
        "createdBy": "b1",
        "createdByType": "Playbook",
        "tags": ["t1"],
    }
    world.put("/_mock/state", {**STATE, "playbooks": playbooks, "tasks": [task]})

    choices = world.get("/task/filtersAvailableValues")

    names = {"assignedTo": "Assignedto", "company": "Company", "createdBy": "Createdby", "tags": "Tags"}
    assert [mistakes(f"Task{kind}Filter", choices[name][0]) for name, kind in names.items()] == [[]] * 4
    assert [choices[name][0]["name"] for name in ("company", "createdBy")] == ["Acme", "Renewal"]


def test_a_task_of_a_state_without_values_is_listed_without_empty_fields(world):
    world.put("/_mock/state", {"tasks": [{"name": "t"}]})

    assert mistakes("TaskListing", world.get("/task")["tasks"][0]) == []


def test_a_deleted_company_takes_its_tasks_and_their_comments_along(world):
    task = world.post("/task", {**NEEDED, "company": "c1"})
    world.post(f"/comment/Task/{task['id']}", {"text": "c"})
    world.post("/task", {**NEEDED, "company": "c2", "name": "kept"})

    world.delete("/company/c1")

    assert [task["name"] for task in world.get("/task")["tasks"]] == ["kept"]
    assert world.get("/_mock/state")["comments"] == []


def test_a_deleted_person_leaves_the_tasks_of_the_company(world):
    world.post("/task", {**NEEDED, "company": "c1", "people": "p1"})

    world.delete("/people/p1")

    (task,) = world.get("/task")["tasks"]
    assert task["company"] == "c1"
    assert not {"people", "user_id"} & task.keys()


def test_a_deleted_person_takes_the_tasks_along_that_are_for_no_company(world):
    world.put("/_mock/state", {**STATE, "tasks": [{"name": "t", "people": "p1"}]})

    world.delete("/people/p1")

    assert world.get("/task")["total"] == 0
