"""Tasks whole: what is kept of a new one, what a change of status does, and the choices of filters."""

import pytest

NOW, LATER = "2026-05-01T12:00:00.000Z", "2026-05-02T12:00:00.000Z"
SENT = {
    "name": "Call",
    "description": "soon",
    "priority": "high",
    "dueDate": "2026-06-01",
    "assignedTo": "m1",
}
JANE = {"id": "m1", "name": "Jane", "email": "jane@x.io"}


@pytest.fixture
def company(api):
    """The internal id of a company, at a clock that stands still."""
    api.freeze(NOW)
    api.put("/_mock/state", {"users": [JANE]})
    return api.company(name="Acme")


def test_a_new_task_is_kept_whole(api, company):
    answer = api.post("/task", {**SENT, "company": company})

    assert answer == {
        **SENT,
        "assignedToName": "Jane",
        "assignedToEmail": "jane@x.io",
        "id": answer["id"],
        "_id": answer["id"],
        "status": "open",
        "company": company,
        "company_id": "g1",
        "assignedToModel": "User",
        "assignedToCustomer": False,
        "showInPortal": False,
        "checklist": [],
        "tags": [],
        "files": [],
        "collaborators": [],
        "collaboratorsDetailed": [],
        "createdByType": "api",
        "created_at": NOW,
        "updated_at": NOW,
    }


def test_a_task_that_is_done_is_completed_and_one_that_is_open_again_is_not(api, company):
    task = api.post("/task", {**SENT, "company": company})
    api.freeze(LATER)

    done = api.put(f"/task/{task['id']}", {"status": "done"})
    opened = api.put(f"/task/{task['id']}", {"status": "open"})

    assert done == {**task, "status": "done", "completedAt": LATER, "updated_at": LATER}
    assert opened == {**task, "updated_at": LATER}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"company": "unknown"}, "company: there is no company with the id 'unknown'"),
        ({"dueDate": "soon"}, "dueDate: 'soon' is not a date: send one such as 2026-01-31"),
        ({"assignedTo": "m9"}, "assignedTo: there is no user with the id or email 'm9'"),
        ({"collaborators": ["m9"]}, "collaborators: there is no user with the id or email 'm9'"),
        ({"tags": ["t9"]}, "tags: there is no tag with the id 't9'"),
        ({"files": ["f9"]}, "files: there is no file with the id 'f9'"),
        ({"people": "p9"}, "people: there is no person with the id 'p9'"),
        ({"user_id": "u9"}, "there is no person with the user_id 'u9'"),
        (
            {"checklist": [{"name": "a", "completed": False, "assignedTo": "m9"}]},
            "checklist[0].assignedTo: there is no user with the id or email 'm9'",
        ),
        (
            {"checklist": [{"name": "a", "completed": False, "dueDate": "soon"}]},
            "checklist[0].dueDate: 'soon' is not a date: send one such as 2026-01-31",
        ),
    ],
)
def test_a_task_that_is_refused_says_why_and_is_not_kept(api, company, change, error):
    answer = api.post("/task", {**SENT, "company": company, **change})

    assert (api.status, answer) == (400, {"error": error})
    assert api.get("/task")["total"] == 0


def test_a_status_of_an_unknown_task_is_refused(api):
    answer = api.put("/task/unknown", {"status": "done"})

    assert (api.status, answer) == (400, {"error": "there is no task with the id 'unknown'"})


def test_a_task_of_a_state_is_under_the_company_and_the_person_it_names(api):
    state = {
        "companies": [{"id": "c1", "company_id": "g1", "name": "Acme"}],
        "people": [{"id": "p1", "user_id": "u1"}],
        "tasks": [{"name": "t", "company_id": "g1", "user_id": "u1"}, {"name": "s", "company": "gone"}],
    }

    first, second = api.put("/_mock/state", state)["tasks"]

    assert [first[name] for name in ("company", "company_id", "people", "user_id")] == [
        "c1",
        "g1",
        "p1",
        "u1",
    ]
    assert [second[name] for name in ("company", "company_id", "people")] == ["gone", None, None]


def test_a_task_of_a_state_names_its_person_by_both_ids(api):
    state = {"people": [{"id": "p1", "user_id": "u1"}], "tasks": [{"name": "t", "people": "p1"}]}

    (task,) = api.put("/_mock/state", state)["tasks"]

    assert (task["people"], task["user_id"]) == ("p1", "u1")


def test_an_enhanced_task_shows_its_company_in_short(api, company):
    api.post("/task", {**SENT, "company": company})

    plain, enhanced = (api.get("/task", enhanceCompany=flag)["tasks"][0] for flag in ("false", "true"))

    assert "companyDetails" not in plain
    assert enhanced == {**plain, "companyDetails": {"id": company, "company_id": "g1", "name": "Acme"}}


@pytest.mark.parametrize(
    ("direction", "order"), [("asc", ["low", "medium", "high"]), ("desc", ["high", "medium", "low"])]
)
def test_tasks_are_sorted_by_how_urgent_they_are(api, direction, order):
    api.put("/_mock/state", {"tasks": [{"name": one, "priority": one} for one in ("medium", "high", "low")]})

    page = api.get("/task", sorting={"field": "priority", "direction": direction})

    assert [task["name"] for task in page["tasks"]] == order


def test_who_completed_a_task_is_kept_as_long_as_it_is_done(api):
    done = {"id": "t", "name": "t", "status": "done", "completedAt": NOW, "completedBy": "m1", "user_id": "u"}
    api.put("/_mock/state", {"tasks": [done], "people": [{"user_id": "u"}]})

    again = api.put("/task/t", {"status": "done"})
    opened = api.put("/task/t", {"status": "open"})

    assert (again["completedAt"], again["completedBy"], again["user_id"]) == (NOW, "m1", "u")
    assert not {"completedAt", "completedBy", "completedByName"} & opened.keys()


def test_the_choices_of_filters_are_what_tasks_have_each_once(api):
    tasks = [
        {"name": "a", "company": "g1", "assignedTo": "m1", "assignedToName": "Jane", "tags": ["t1", "t2"]},
        {"name": "b", "company": "gone", "collaborators": ["m1", "m2"], "tags": ["t1"]},
        {"name": "c", "createdBy": "m3", "createdByType": "User"},
    ]
    companies = [{"id": "c1", "company_id": "g1", "name": "Acme"}]
    api.put("/_mock/state", {"companies": companies, "tasks": tasks})

    jane, nobody = ({"id": "m1", "name": "Jane"}, {"id": "m2", "name": "m2"})
    assert api.get("/task/filtersAvailableValues") == {
        "company": [{"id": "c1", "name": "Acme"}, {"id": "gone", "name": "gone"}],
        "assignedTo": [{**jane, "profile_photo": None}],
        "collaborators": [{**jane, "profile_photo": None}, {**nobody, "profile_photo": None}],
        "createdBy": [{"id": "m3", "createdByType": "User", "name": "m3"}],
        "tags": [{"id": "t1"}, {"id": "t2"}],
    }


def test_a_new_task_for_nobody_is_assigned_to_no_kind_of_person(api, company):
    answer = api.post("/task", {"name": "t", "company": company, "priority": "low"})

    assert not {"assignedTo", "assignedToModel"} & answer.keys()


def test_an_update_without_a_status_does_not_complete_a_task(api):
    api.put("/_mock/state", {"tasks": [{"id": "t", "name": "t", "status": "done"}]})

    assert "completedAt" not in api.put("/task/t", {"name": "new"})
