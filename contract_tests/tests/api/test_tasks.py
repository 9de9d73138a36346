"""Tasks: their own grammar of filters, computed statuses, search and filter values."""

import pytest

NOW = "2026-05-14T12:00:00.000Z"  # a Thursday
TASKS = [
    {"name": "yesterday", "dueDate": "2026-05-13", "priority": "high", "tags": ["t1"], "company": "g1"},
    {"name": "today", "dueDate": "2026-05-14T20:00:00Z", "priority": "low", "tags": ["t2"]},
    {"name": "sunday", "dueDate": "2026-05-17", "assignedTo": "m1", "assignedToName": "Jane"},
    {"name": "month end", "dueDate": "2026-05-31", "collaborators": ["m1", "m2"]},
    {"name": "june", "dueDate": "2026-06-01", "createdBy": "m3", "createdByType": "User"},
    {"name": "undated"},
    {"name": "finished", "status": "done", "dueDate": "2026-05-01"},
    {"name": "dropped", "status": "not relevant"},
    {"name": "asleep", "dueDate": "2026-05-02", "snoozedUntilDate": "2026-07-01"},
]


@pytest.fixture
def tasks(api):
    api.freeze(NOW)
    api.put("/_mock/state", {"companies": [{"company_id": "g1", "name": "Acme"}], "tasks": TASKS})
    return lambda **query: [one["name"] for one in api.get("/task", itemsPerPage=50, **query)["tasks"]]


@pytest.mark.parametrize(
    ("field", "values", "found"),
    [
        ("priority", ["high", "low"], "yesterday,today"),
        ("tags", ["t1"], "yesterday"),
        ("assignedTo", ["m1"], "sunday"),
        ("createdBy", ["m3"], "june"),
        ("status", ["open"], "yesterday,today,sunday,month end,june,undated"),
        ("status", ["done", "not relevant"], "finished,dropped"),
        ("status", ["overdue"], "yesterday"),
        ("status", ["outstanding"], "yesterday,today"),
        ("status", ["on time"], "today,sunday,month end,june,undated"),
        ("dueOn", ["past_due"], "yesterday,finished,asleep"),
        ("dueOn", ["today"], "today"),
        ("dueOn", ["this_week"], "yesterday,today,sunday"),
        ("dueOn", ["later"], "june"),
    ],
)
def test_a_filter_finds_what_it_says(tasks, field, values, found):
    assert tasks(filters=[{"field": field, "values": values}]) == found.split(",")


def test_the_month_holds_all_its_days(tasks):
    found = tasks(filters=[{"field": "dueOn", "values": ["this_month"]}])

    assert found == ["yesterday", "today", "sunday", "month end", "finished", "asleep"]


def test_a_range_of_due_dates_includes_its_ends(tasks):
    days = {"field": "dueOn", "startDate": "2026-05-13", "endDate": "2026-05-14"}

    assert tasks(filters=[days]) == ["yesterday", "today"]


def test_all_filters_must_hold_and_the_search_ignores_case(tasks):
    filters = [{"field": "status", "values": ["open"]}, {"field": "dueOn", "values": ["this_week"]}]

    assert tasks(filters=filters, searchTerm="DAY") == ["yesterday", "today", "sunday"]


@pytest.mark.parametrize(
    ("sorting", "first"),
    [
        ({"field": "dueDate", "direction": "asc"}, "finished"),
        ({"field": "priority", "direction": "desc"}, "yesterday"),
        ({"field": "name", "direction": "asc"}, "asleep"),
    ],
)
def test_tasks_are_sorted(tasks, sorting, first):
    assert tasks(sorting=sorting)[0] == first


def test_an_order_by_a_field_that_tasks_do_not_have_leaves_them_as_they_came(tasks):
    assert tasks(sorting={"field": "color"}) == [task["name"] for task in TASKS]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"field": "color", "values": ["x"]}, "filters[0]: field 'color' is not known: use assignedTo"),
        ({"field": "tags"}, "filters[0]: values is empty: give at least one"),
        ({"field": "status", "values": ["late"]}, "filters[0]: status 'late' is not known: use open, done"),
        ({"field": "dueOn", "values": ["soon"]}, "filters[0]: dueOn 'soon' is not known: use past_due"),
        (
            {"field": "dueOn", "startDate": "2026-01-01"},
            "filters[0]: a range works only for dueOn, and needs the dates startDate",
        ),
        (
            {"field": "dueOn", "endDate": "2026-01-01"},
            "filters[0]: a range works only for dueOn, and needs the dates startDate",
        ),
        (
            {"field": "tags", "startDate": "2026-01-01", "endDate": "2026-01-02"},
            "filters[0]: a range works only for dueOn, and needs the dates startDate",
        ),
    ],
)
def test_a_filter_with_a_mistake_is_refused_by_its_name(api, given, error):
    answer = api.get("/task", filters=[given])

    assert api.status == 400
    assert answer["error"].startswith(error)


def test_a_task_is_created_read_and_closed(api):
    company = api.company(name="Acme")
    task = api.post(
        "/task", {"name": "Call", "company": company, "priority": "high", "dueDate": "2026-05-14"}
    )

    done = api.put(f"/task/{task['id']}", {"status": "done"})

    assert (task["status"], task["company_id"], "completedAt" in task) == ("open", "g1", False)
    assert done["completedAt"] is not None
    assert api.get(f"/task/{task['id']}")["tasks"][0]["status"] == "done"


def test_an_opened_task_is_not_completed_any_more(api):
    body = {"name": "Call", "company": api.company(), "priority": "low", "status": "done"}
    task = api.post("/task", body)

    answer = api.put(f"/task/{task['id']}", {"status": "open"})

    assert ("completedAt" in task, "completedAt" in answer) == (True, False)


@pytest.mark.parametrize("body", [{"company": "x"}, {"priority": "max"}, {"dueDate": "x"}, {"name": ""}])
def test_a_task_with_a_mistake_is_refused(api, body):
    api.post("/task", {"name": "Call", "company": api.company(), "priority": "low", **body})

    assert api.status == 400


def test_an_unknown_task_is_an_empty_list_to_read_and_a_mistake_to_change(api):
    assert api.get("/task/unknown") == {"tasks": [], "total": 0}

    api.put("/task/unknown", {"status": "done"})

    assert api.status == 400


@pytest.mark.usefixtures("tasks")
def test_the_values_to_filter_by_are_those_that_tasks_have(api):
    values = api.get("/task/filtersAvailableValues")

    assert [one["name"] for one in values["company"]] == ["Acme"]
    assert values["assignedTo"] == [{"id": "m1", "name": "Jane", "profile_photo": None}]
    assert [one["id"] for one in values["collaborators"]] == ["m1", "m2"]
    assert values["createdBy"] == [{"id": "m3", "name": "m3", "createdByType": "User"}]
    assert values["tags"] == [{"id": "t1"}, {"id": "t2"}]


@pytest.mark.usefixtures("tasks")
def test_a_company_stands_in_its_tasks_when_asked(api):
    (task,) = api.get("/task", searchTerm="yesterday", enhanceCompany="true")["tasks"]

    assert task["companyDetails"] == {"id": task["company"], "company_id": "g1", "name": "Acme"}


@pytest.mark.parametrize(
    ("until", "found"), [("2026-05-14T11:59:59Z", ["t"]), ("2026-05-14", ["t"]), ("2026-05-14T12:00:01Z", [])]
)
@pytest.mark.parametrize("word", ["open", "overdue", "outstanding"])
def test_a_task_is_open_again_when_it_has_slept_until_now(api, word, until, found):
    api.freeze(NOW)
    api.put("/_mock/state", {"tasks": [{"name": "t", "dueDate": "2026-05-01", "snoozedUntilDate": until}]})

    answer = api.get("/task", filters=[{"field": "status", "values": [word]}])

    assert [task["name"] for task in answer["tasks"]] == found


def test_the_search_is_in_names_and_descriptions(api):
    tasks = [{"name": "Call", "description": "renewal"}, {"name": "Renewal"}, {"name": "n", "label": "renew"}]
    api.put("/_mock/state", {"tasks": tasks})

    assert [task["name"] for task in api.get("/task", searchTerm="RENEW")["tasks"]] == ["Call", "Renewal"]


@pytest.mark.parametrize(("until", "names"), [(NOW, ["t"]), ("2026-05-14T12:00:00.001Z", [])])
def test_a_task_that_sleeps_until_this_very_moment_is_awake(api, until, names):
    api.freeze(NOW)
    api.put("/_mock/state", {"tasks": [{"name": "t", "snoozedUntilDate": until}]})

    answer = api.get("/task", filters=[{"field": "status", "values": ["open"]}])

    assert [one["name"] for one in answer["tasks"]] == names
