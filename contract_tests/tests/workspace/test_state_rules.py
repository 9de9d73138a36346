"""What a state may say, what it is told otherwise, and what a workspace starts from and comes back to."""

import pytest

from mock_custify.limits import Limits
from mock_custify.workspace.initial_state import InitialState
from mock_custify.workspace.messages.deliveries import Delivery
from mock_custify.workspace.traffic.faults import Fault
from mock_custify.workspace.traffic.rate_limit import RateLimitPut
from mock_custify.workspace.workspace import Workspace
from support.api import Api

G1 = {"id": "c1", "company_id": "g1"}
UNHELD = "'user_id': 'u1', 'email': None} names a record that is not in the state"
NO_COMPANY = "people[0]: u1 lists a company that is not in the state"


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ({"companies": [{"name": "A"}]}, "companies[0]: each company of a state needs a company_id"),
        ({"people": [{"name": "A"}]}, "people[0]: each person of a state needs a user_id or an email"),
        (
            {"companies": [G1, {**G1, "company_id": "g2"}]},
            "companies[1]: duplicate id 'c1'",
        ),
        (
            {"people": [{"id": "p1", "user_id": "a"}, {"id": "p1", "user_id": "b"}]},
            "people[1]: duplicate id 'p1'",
        ),
        (
            {"companies": [G1, {"company_id": "g1"}]},
            "companies[1]: company_id 'g1' belongs to another company (c1)",
        ),
        ({"people": [{"user_id": "u1", "companies": ["c1"]}]}, NO_COMPANY),
        ({"people": [{"user_id": "u1", "email": "e", "companies": [{"company_id": "g1"}]}]}, NO_COMPANY),
        ({"companies": [G1], "people": [{"user_id": "u1", "companies": [{"id": "c2"}]}]}, NO_COMPANY),
        ({"companies": [G1], "people": [{"user_id": "u1", "companies": [{}]}]}, NO_COMPANY),
        (
            {"people": [{"email": "e", "companies": ["c1"]}]},
            "people[0]: e lists a company that is not in the state",
        ),
        (
            {"companies": [G1], "memberships": [{"user_id": "u1", "company_id": "g1"}]},
            f"memberships[0]: {{'company_id': 'g1', {UNHELD}",
        ),
        (
            {"people": [{"user_id": "u1"}], "memberships": [{"user_id": "u1", "company_id": ""}]},
            f"memberships[0]: {{'company_id': '', {UNHELD}",
        ),
        (
            {"people": [{"user_id": "u1"}], "events": [{"name": "e", "user_id": "u1", "received_at": "x"}]},
            "events[0]: 'x' is not a date: send ISO 8601, such as 2026-01-31T12:00:00.000Z",
        ),
    ],
)
def test_a_mistake_in_a_state_is_named_and_the_workspace_stays(api, state, error):
    api.person()
    before = api.get("/_mock/state")

    answer = api.put("/_mock/state", state)

    assert (api.status, answer) == (400, {"error": error})
    assert api.get("/_mock/state") == before


@pytest.mark.parametrize("link", ["c1", {"id": "c1"}, {"company_id": "g1"}, {"id": "x", "company_id": "g1"}])
def test_a_person_of_a_state_lists_its_companies_in_any_form(api, link):
    state = api.put("/_mock/state", {"companies": [G1], "people": [{"user_id": "u1", "companies": [link]}]})

    assert state["memberships"] == [{"user_id": "u1", "email": None, "company_id": "g1"}]


def test_custom_attributes_of_a_state_become_fields(api):
    api.put(
        "/_mock/state",
        {
            "companies": [{"company_id": "g1", "custom_attributes": {"x": 1, "kept": 1}}],
            "people": [{"user_id": "u1", "custom_attributes": {"y": "2026-01-01"}}],
            "custom_fields": {"companies": {"kept": "String", "gone": "Date"}, "people": {}},
        },
    )

    fields = api.get("/_mock/state")["custom_fields"]

    assert fields == {
        "companies": {"kept": "String", "gone": "Date", "x": "Number"},
        "people": {"y": "Date"},
        "events": {},
    }


def test_what_a_state_leaves_out_is_filled_with_the_time_of_the_workspace(api):
    now = "2026-05-01T12:00:00.000Z"
    api.freeze(now)

    state = api.put("/_mock/state", {"companies": [{"company_id": "g1", "created_at": "2026-01-01"}]})

    (company,) = state["companies"]
    assert (company["created_at"], company["updated_at"]) == ("2026-01-01", now)


def test_events_of_a_state_without_an_id_get_one_each_and_keep_what_they_say(api):
    said = {"id": "e1", "received_at": "2026-01-01", "person": "p", "company": "c", "dropped": "gone"}
    plain = {"name": "e", "user_id": "nobody"}

    events = api.put("/_mock/state", {"events": [plain, plain, {**plain, **said}]})["events"]

    assert len({event["id"] for event in events} - {""}) == 3
    assert all(len(event["id"]) == 24 for event in events[:2])
    assert {name: events[2][name] for name in said} == said


def test_a_record_of_a_state_without_times_is_as_old_as_the_state(api):
    now = "2026-05-01T12:00:00.000Z"
    api.freeze(now)
    notes = [{"text": "a", "entity": "g1"}, {"text": "b", "entity": "g1", "created_at": "2026-01-01"}]

    state = api.put("/_mock/state", {"companies": [G1], "notes": notes})

    times = [(note["created_at"], note["updated_at"]) for note in state["notes"]]
    assert times == [(now, now), ("2026-01-01", "2026-01-01")]
    assert [note["id"] == note["_id"] != "" for note in state["notes"]] == [True, True]


@pytest.fixture
def workspace():
    """A workspace with a fault, a rate limit and small limits from its beginning."""
    initial_state = InitialState(faults=(Fault(status=500),), rate_limit=RateLimitPut(requests=3))
    return Workspace(initial_state, Limits(journal=3, deliveries=2))


def kept(workspace):
    """Return what a workspace holds besides its records."""
    limit = workspace.rate_limit
    return {
        "journal": (workspace.journal.size, workspace.journal.count),
        "deliveries": (workspace.deliveries.most, list(workspace.deliveries.kept), workspace.deliveries.last),
        "faults": len(workspace.faults.rules),
        "rate limit": (limit.requests, limit.remaining(workspace.clock.now())),
        "snapshots": workspace.snapshots,
        "seen messages": workspace.seen.moments,
    }


FRESH = {
    "journal": (3, 0),
    "deliveries": (2, [], 0),
    "faults": 1,
    "rate limit": (3, 3),
    "snapshots": {},
    "seen messages": {},
}


def test_a_workspace_has_the_limits_and_the_beginning_that_it_is_made_with(workspace):
    assert (kept(workspace), workspace.changes) == (FRESH, 0)


def test_a_reset_leaves_nothing_of_what_was_set_or_kept(workspace):
    workspace.rate_limit.take(workspace.clock.now())
    workspace.faults.rules.clear()
    workspace.snapshots["a"] = None
    workspace.seen.repeats("key", workspace.clock.now())
    workspace.deliveries.add(Delivery({}, ""))
    workspace.journal.resize(9)

    workspace.reset()

    assert kept(workspace) == FRESH


@pytest.mark.parametrize(
    ("path", "setting"),
    [
        ("faults", {"faults": [{"method": "DELETE", "status": 500}]}),
        ("rate-limit", {"requests": 100}),
        ("requests", {"size": 5}),
        ("snapshots/a", {}),
        ("destination", {"profile": "production", "Config": {"x": 1}, "deduplicate": True}),
        ("seed", {"seed": 5}),
    ],
)
def test_a_reset_takes_back_every_setting_and_every_call(api, path, setting):
    shown = path.removesuffix("/a")
    before = api.get(f"/_mock/{shown}")
    api.put(f"/_mock/{path}", setting)
    api.person()

    changed = api.get(f"/_mock/{shown}")
    api.post("/_mock/reset", {})

    assert changed != before
    assert api.get(f"/_mock/{shown}") == before


def test_a_reset_lets_a_stopped_clock_run_again(api):
    api.freeze("2020-01-01")

    api.post("/_mock/reset", {})

    assert api.post("/people", {"user_id": "u1"})["created_at"][:10] != "2020-01-01"


def test_a_reset_makes_the_first_ids_again(api):
    first = api.person()

    api.post("/_mock/reset", {})

    assert api.person() == first


@pytest.mark.parametrize("path", ["/people/all", "/company/all", "/note", "/tag"])
def test_a_workspace_that_is_reset_shows_nothing_of_before(path):
    api = Api()
    before = api.get(path)
    api.put(
        "/_mock/state",
        {
            "companies": [G1],
            "people": [{"user_id": "u1", "companies": ["c1"]}],
            "notes": [{"text": "t", "entity": "g1"}],
            "tags": [{"name": "t", "category": "company"}],
        },
    )

    api.post("/_mock/reset", {})

    assert api.get(path) == before


@pytest.mark.parametrize(
    "section", ["notes", "tasks", "segments", "playbooks", "objectives", "signals", "meetings", "surveys"]
)
def test_an_id_that_two_records_of_a_section_share_is_refused(api, section):
    record = {"id": "x", "name": "n", "title": "t", "text": "t"}

    answer = api.put("/_mock/state", {section: [record, record]})

    assert (api.status, answer) == (400, {"error": f"{section}[1]: duplicate id 'x'"})
