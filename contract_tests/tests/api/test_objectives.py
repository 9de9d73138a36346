"""Objectives of a company: whose they are, in which order they come, and what one shows."""

import pytest

from support.api import asked

NOW = "2026-02-14T12:00:00.000Z"
COMPANY = {"id": "c1", "company_id": "g1", "name": "Acme"}
USERS = [{"id": "us1", "email": "uma@x.io", "name": "Uma"}]
PEOPLE = [{"id": "p1", "user_id": "u1", "email": "ann@x.io", "name": "Ann"}]


@pytest.fixture
def objectives(api):
    """Return what seeds objectives of the company g1 and lists them."""

    def listed(*seeded, **query):
        found = [{"name": "O", "company": "g1", **one} for one in seeded]
        api.put(
            "/_mock/state", {"companies": [COMPANY], "users": USERS, "people": PEOPLE, "objectives": found}
        )
        return api.get("/objective", company="c1", **query)

    return listed


def names(answer):
    return [one["name"] for one in answer["objectives"]]


@pytest.mark.parametrize("query", [{"company": "c1"}, {"company_id": "g1"}])
def test_objectives_are_found_by_either_name_of_their_company(api, objectives, query):
    objectives({"name": "mine"}, {"name": "other", "company": "gone"})

    assert names(api.get("/objective", **query)) == ["mine"]


@pytest.mark.parametrize("query", [{}, {"company": ""}, {"company_id": ""}])
def test_objectives_without_a_company_are_refused(api, query):
    answer = api.get("/objective", **query)

    error = "company or company_id is required: objectives are listed for one company"
    assert (api.status, answer) == (400, {"error": error})


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"company": "x"}, "there is no company with the id 'x'"),
        ({"company_id": "x"}, "there is no company with the company_id 'x'"),
    ],
)
def test_objectives_of_an_unknown_company_are_not_found(api, query, error):
    answer = api.get("/objective", **query)

    assert (api.status, answer) == (404, {"error": error})


def test_objectives_come_newest_first(objectives):
    days = [("a", "2026-01-02"), ("b", "2026-01-03"), ("c", "2026-01-01")]

    answer = objectives(*({"name": name, "created_at": day} for name, day in days))

    assert names(answer) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ({"sort": "dueAt"}, "ba"),
        ({"sort": "dueAt", "order": "asc"}, "ab"),
        ({"sorting": {"field": "dueAt", "direction": "asc"}}, "ab"),
        ({"sorting": {"field": "dueAt"}, "sort": "dueAt", "order": "asc"}, "ba"),
    ],
)
def test_objectives_are_sorted_by_either_parameter(objectives, query, order):
    answer = objectives({"name": "b", "dueAt": "2026-02-01"}, {"name": "a", "dueAt": "2026-01-01"}, **query)

    assert "".join(names(answer)) == order


def test_a_page_of_objectives_tells_its_number_and_its_size(objectives):
    answer = objectives({"name": "a"}, {"name": "b"}, {"name": "c"}, page=2, itemsPerPage=2)

    assert {**answer, "objectives": names(answer)} == {
        "objectives": ["a"],
        "total": 3,
        "page": 2,
        "itemsPerPage": 2,
    }


def test_a_page_of_objectives_tells_the_size_it_was_cut_to(objectives):
    assert objectives(itemsPerPage=500)["itemsPerPage"] == 50


def test_objectives_are_filtered_by_their_fields(objectives):
    seeded = [("a", "high", "paused"), ("b", "low", "paused"), ("c", "high", "completed")]
    risky = asked("risk", "String", "contains", "high")
    paused = asked("objectiveStatus", "String", "contains", "paused")

    answer = objectives(
        *({"name": name, "risk": risk, "objectiveStatus": status} for name, risk, status in seeded),
        filters=risky + paused,
    )

    assert (names(answer), answer["total"]) == (["a"], 1)


def test_objectives_are_filtered_by_dates_around_the_time_of_the_workspace(api, objectives):
    api.freeze(NOW)
    seeded = [{"name": "a", "dueAt": "2026-01-31"}, {"name": "b", "dueAt": "2026-02-14"}]

    answer = objectives(*seeded, filters=asked("dueAt", "Date", "on", "2026-02-14"))

    assert names(answer) == ["b"]


def test_a_filter_on_objectives_with_a_mistake_is_told_by_its_place(api, objectives):
    answer = objectives(filters=asked("name", "String", "any_value") + asked("", "String", "any_value"))

    assert (api.status, answer) == (400, {"error": "filters[1]: fieldName is empty"})


@pytest.mark.parametrize(("operator", "total"), [("is_unknown", 1), ("any_value", 0)])
def test_a_field_that_objectives_do_not_have_is_unknown_everywhere(objectives, operator, total):
    assert objectives({}, filters=asked("color", "Number", operator))["total"] == total


@pytest.mark.parametrize(
    ("assigned", "shown"),
    [
        ("us1", ("us1", "Uma")),
        ("uma@x.io", ("us1", "Uma")),
        ("p1", ("p1", "Ann")),
        ("u1", ("p1", "Ann")),
        ("Customer", ("Customer", None)),
        ("gone", ("gone", None)),
    ],
)
def test_an_objective_names_who_it_is_assigned_to(objectives, assigned, shown):
    (objective,) = objectives({"assignedTo": assigned})["objectives"]

    assert (objective["assignedTo"], objective["assignedToName"]) == shown


def test_an_objective_of_nobody_has_no_name(objectives):
    (objective,) = objectives({})["objectives"]

    assert objective["assignedToName"] is None
    assert "assignedTo" not in objective


def test_collaborators_are_told_by_internal_id_and_name(objectives):
    outsider = {"name": "Guest"}

    (objective,) = objectives({"collaborators": ["uma@x.io", {"entity": "p1"}, outsider, "gone"]})[
        "objectives"
    ]

    people = [{"entity": "us1", "name": "Uma"}, {"entity": "p1", "name": "Ann"}]
    assert objective["collaborators"] == [*people, outsider, {"entity": "gone"}]


def test_values_of_an_objective_are_answered_as_text_and_its_health_as_a_number(objectives):
    values = {"valueBaseline": 0, "valueCurrent": 6.5, "valueTarget": "100", "health": "4"}

    (objective,) = objectives(values)["objectives"]

    assert {name: objective[name] for name in values} == {
        "valueBaseline": "0",
        "valueCurrent": "6.5",
        "valueTarget": "100",
        "health": 4,
    }


def test_an_objective_is_answered_whole(objectives):
    given = {
        "id": "o1",
        "name": "Onboard",
        "description": "D",
        "importance": "high",
        "risk": "low",
        "health": 5,
        "objectiveStatus": "in_progress",
        "completionType": "attribute_based",
        "completionPercentage": 65.5,
        "completionAttribute": "custom_attributes.score",
        "valueBaseline": "0",
        "valueCurrent": "65",
        "valueTarget": "100",
        "startAt": "2026-01-01",
        "dueAt": "2026-02-01",
        "completedAt": "2026-03-01",
        "tags": ["t1"],
        "assignedTo": "us1",
        "collaborators": [{"entity": "p1", "name": "Ann"}],
        "created_at": "2025-01-01",
        "updated_at": "2025-01-02",
    }

    (answer,) = objectives(given)["objectives"]

    named = {"_id": "o1", "company": "c1", "company_id": "g1", "assignedToName": "Uma"}
    assert answer == {**given, **named}
