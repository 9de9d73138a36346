"""What a refused call is told, word for word, and that nothing is left behind of it."""

import pytest

from mock_custify.errors import UnauthorizedError
from mock_custify.limits import Limits
from mock_custify.workspace import Store
from support.api import workspace_of

EVENT = {"name": "e", "created_at": "2026-01-01"}
LINKS = "companies: each entry needs a company_id or an id"
NOBODY = "user_id, email or company_id is required: the event names no person and no company"


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        (
            "/people",
            {"name": "Ann"},
            400,
            "user_id or email is required: without one of them a person cannot be identified",
        ),
        ("/people", {"id": "x"}, 404, "there is no person with the id 'x'"),
        ("/people", {"user_id": "u9", "companies": [{}]}, 400, LINKS),
        ("/people", {"user_id": "u9", "companies": [{"company_id": "g9"}, {"company_id": ""}]}, 400, LINKS),
        ("/people", {"user_id": "u1", "companies": [{"company_id": "g9"}, {}]}, 400, LINKS),
        ("/people", {"user_id": "u1", "custom_attributes": {"new": 1}, "companies": [{}]}, 400, LINKS),
        (
            "/people",
            {"user_id": "u9", "companies": [{"company_id": "g9"}, {"id": "x"}]},
            400,
            "companies: there is no company with the id 'x'",
        ),
        ("/people", {"user_id": "u9", "companies": [{"remove": True}]}, 400, LINKS),
        (
            "/people",
            {"user_id": "u1", "companies": [{"id": "x", "remove": True}]},
            400,
            "companies: there is no company with the id 'x'",
        ),
        (
            "/people",
            {"id": "p2", "user_id": "u1", "custom_attributes": {"new": 1}},
            400,
            "user_id 'u1' belongs to another person (p1)",
        ),
        (
            "/company",
            {"name": "A"},
            400,
            "id or company_id is required: without one of them a company cannot be identified",
        ),
        ("/company", {"id": "x"}, 404, "there is no company with the id 'x'"),
        (
            "/company",
            {"company_id": "g1", "parent_companies": [{}]},
            400,
            "parent_companies[0] needs a company_id or an id",
        ),
        (
            "/company",
            {"company_id": "g1", "parent_companies": [{"company_id": "g2"}, {"id": "x"}]},
            400,
            "parent_companies[1]: there is no company with the id 'x'",
        ),
        (
            "/company",
            {"company_id": "g1", "parent_companies": [{"company_id": "g1"}]},
            400,
            "parent_companies[0]: a company cannot be its own parent, directly or through other companies",
        ),
        ("/event", EVENT, 400, NOBODY),
        ("/event", {**EVENT, "user_id": "", "email": None}, 400, NOBODY),
        ("/event", {"name": "e", "user_id": "u1"}, 400, "created_at is required"),
    ],
)
def test_a_refused_call_says_why_and_leaves_nothing_behind(api, path, body, status, error):
    people = [{"id": "p1", "user_id": "u1", "email": "ann@x.io"}, {"id": "p2", "user_id": "u2"}]
    people.append({"id": "p3", "email": "cy@x.io"})
    companies = [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}]
    before = api.put("/_mock/state", {"people": people, "companies": companies})

    answer = api.post(path, body)

    assert (api.status, answer) == (status, {"error": error})
    assert api.get("/_mock/state") == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/people", {"user_id": "u1", "companies": [{"id": "x"}]}),
        ("/people", {"user_id": "u1", "signed_up_at": "x"}),
        ("/people", {"user_id": "u1", "companies": [{"company_id": "g1"}, {}]}),
        ("/people", {"name": "taken", "id": "x"}),
        ("/people", {"user_id": "u1", "custom_attributes": {"a.b": 1}}),
        ("/company", {"company_id": "g1", "signed_up_at": "x"}),
        ("/event", {"name": "e", "user_id": "taken", "created_at": "x"}),
    ],
)
def test_a_refused_call_uses_up_no_id(api, path, body):
    api.post("/people", {"user_id": "taken", "email": "taken@x.io"})
    api.put("/_mock/snapshots/before", {})
    expected = api.post("/people", {"user_id": "next"})["id"]
    api.post("/_mock/snapshots/before/restore", {})

    api.post(path, body)

    assert api.status in {400, 404}
    assert api.post("/people", {"user_id": "next"})["id"] == expected


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"user_id": "u"}, "there is no person with user_id 'u'"),
        ({"email": "e"}, "there is no person with email 'e'"),
        ({"company_id": "c"}, "there is no company 'c'"),
        (
            {"user_id": "u", "email": "e", "company_id": "c"},
            "there is no person with user_id 'u' or person with email 'e' or company 'c'",
        ),
    ],
)
def test_a_dropped_event_says_whom_it_named(api, event, reason):
    answer = api.post("/event", {**EVENT, **event})

    assert (api.status, answer) == (404, {"error": reason})
    assert api.get("/_mock/state")["events"][0]["dropped"] == reason


def test_a_key_beyond_the_allowed_ones_is_told_how_to_be_allowed():
    store = Store(["one", "two"])

    with pytest.raises(UnauthorizedError) as refused:
        workspace_of(store, "three")

    assert (
        str(refused.value) == "this API key is not known here: use a key given to the server with --api-key"
    )
    assert workspace_of(store, "one") is not workspace_of(store, "two")


def test_a_workspace_too_many_is_told_which_keys_are_left():
    store = Store(limits=Limits(workspaces=2))
    first, second = workspace_of(store, "one"), workspace_of(store, "two")
    first.changes = second.changes = 1

    with pytest.raises(UnauthorizedError) as refused:
        workspace_of(store, "three")

    text = (
        "there are 2 workspaces, the most that this server opens: use the API key of one of them, "
        "or close one with DELETE /_mock/workspace"
    )
    assert str(refused.value) == text
    assert (workspace_of(store, "one"), workspace_of(store, "two")) == (first, second)


def test_a_missing_snapshot_is_told_with_the_names_of_those_there_are(api):
    api.put("/_mock/snapshots/b", {})
    api.put("/_mock/snapshots/a", {})

    answer = api.post("/_mock/snapshots/c/restore", {})

    assert answer == {"error": "there is no snapshot 'c': the workspace has a, b"}


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        (
            "/task",
            {"name": "n", "status": "late"},
            'status must be one of "done", "not relevant", "open", got "late"',
        ),
        (
            "/batch",
            {"jobs": [{"type": "people", "payload": {}}, {"type": "persons", "payload": {}}]},
            'jobs[1].type must be one of "company", "custom-data", "event", "people", got "persons"',
        ),
        ("/people", {"id": ""}, 'id must not be empty, got ""'),
    ],
)
def test_a_value_that_is_not_in_a_list_is_refused_with_the_list(api, path, body, text):
    assert (api.post(path, body), api.status) == ({"error": text}, 400)
