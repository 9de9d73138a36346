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


@pytest.fixture
def company(api):
    """The internal id of a company, at a clock that stands still."""
    api.freeze(NOW)
    return api.company(name="Acme")


def test_a_new_task_is_kept_whole(api, company):
    answer = api.post("/task", {**SENT, "company": company})

    empty = ["completedAt", "completedBy", "snoozedUntilDate", "people", "user_id", "assignedToName"]
    assert answer == {
        **dict.fromkeys([*empty, "assignedToEmail", "label", "createdBy"]),
        **SENT,
        "id": answer["id"],
        "_id": answer["id"],
        "status": "open",
        "company": company,
        "company_id": "g1",
        "assignedToModel": "User",
        "tags": [],
        "collaborators": [],
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
    ("change", "status", "error"),
    [
        ({"company": "unknown"}, 404, "there is no company with the id 'unknown'"),
        ({"dueDate": "soon"}, 400, "dueDate: 'soon' is not a date, such as 2026-01-31"),
    ],
)
def test_a_task_that_is_refused_says_why_and_is_not_kept(api, company, change, status, error):
    answer = api.post("/task", {**SENT, "company": company, **change})

    assert (api.status, answer) == (status, {"error": error})
    assert api.get("/task")["total"] == 0


def test_a_status_of_an_unknown_task_is_not_found(api):
    answer = api.put("/task/unknown", {"status": "done"})

    assert (api.status, answer) == (404, {"error": "there is no task with the id 'unknown'"})


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


def test_an_enhanced_task_shows_its_company_in_short(api, company):
    api.post("/task", {**SENT, "company": company})

    plain, enhanced = (api.get("/task", enhanceCompany=flag)["tasks"][0] for flag in ("false", "true"))

    assert plain["companyDetails"] is None
    assert enhanced == {**plain, "companyDetails": {"id": company, "company_id": "g1", "name": "Acme"}}


@pytest.mark.parametrize(
    ("direction", "order"), [("asc", ["low", "medium", "high"]), ("desc", ["high", "medium", "low"])]
)
def test_tasks_are_sorted_by_how_urgent_they_are(api, direction, order):
    api.put("/_mock/state", {"tasks": [{"name": one, "priority": one} for one in ("medium", "high", "low")]})

    page = api.get("/task", sorting={"field": "priority", "direction": direction})

    assert [task["name"] for task in page["tasks"]] == order
