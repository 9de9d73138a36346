"""The whole workspace as JSON: reading, replacing and emptying it."""

import pytest

FULL = {
    "companies": [{"company_id": "g1", "custom_attributes": {"a": 1}}, {"company_id": "g2", "churned": True}],
    "people": [{"user_id": "u1", "companies": [{"company_id": "g2"}]}, {"email": "a@x.io"}],
    "memberships": [{"email": "a@x.io", "company_id": "g1"}, {"user_id": "u1", "company_id": "g1"}],
    "events": [{"name": "e", "user_id": "u1"}, {"name": "e", "user_id": "gone", "deduplication_id": "d"}],
    "tags": [{"name": "vip", "category": "company"}],
    "notes": [{"text": "t", "entity": "g1"}],
    "tasks": [{"name": "t", "company": "g1", "people": "u1"}],
    "segments": [
        {"name": "s", "filters": [{"fieldName": "churned", "fieldType": "Boolean", "filterType": "true"}]}
    ],
    "playbooks": [{"name": "p"}],
    "health_scores": [{"id": "hs", "name": "h"}],
    "health_score_values": [{"health_score_id": "hs", "company_id": "g1", "value": 1}],
    "calculated_metrics": [{"name": "m"}],
    "lifecycles": [{"name": "l", "settings": {"deep": [1, {"x": None}]}}],
    "objectives": [{"name": "o", "company_id": "g1"}],
    "signals": [{"title": "s", "entity": "u1"}],
    "meetings": [{"title": "m", "participants": [{"name": "Ann"}]}],
    "nps_scores": [{"email": "a@x.io", "score": 9}],
    "csat_scores": [{"person": "u1", "score": 5}],
    "calculated_metric_values": [{"calculated_metric_id": "m", "company_id": "g1", "value": 1}],
    "surveys": [{"id": "s", "type": "nps"}],
    "survey_responses": [{"survey": "s", "score": 9, "people": "u1"}],
    "custom_data": [
        {"entity": "g1", "entityModel": "companies", "data_type": "a", "data_id": "1", "data": {"x": [1]}}
    ],
    "deals": [{"externalId": "d", "company": "g1", "metadata": {"a": 1}}],
    "invoices": [{"externalId": "i", "people": "u1", "total": 1.5}],
    "subscriptions": [{"externalId": "s"}],
}


def test_a_state_that_is_put_back_is_the_same(api):
    state = api.put("/_mock/state", FULL)

    again = api.put("/_mock/state", state)

    assert again == state
    assert api.get("/_mock/state") == state


def test_a_worked_on_state_is_the_same_when_it_is_put_back(api):
    api.put("/_mock/state", FULL)
    api.post(
        "/people",
        {"user_id": "u9", "companies": [{"company_id": "g9"}], "custom_attributes": {"x": "2026-01-01"}},
    )
    api.post("/people", {"user_id": "u9", "custom_attributes": {"x": None}})
    api.delete("/people?user_id=u1")
    api.delete("/company?company_id=g2")

    state = api.get("/_mock/state")

    assert api.put("/_mock/state", state) == state


@pytest.mark.parametrize(
    ("sections", "error"),
    [
        ({"people": [{"name": "Ann"}]}, "people[0]: each person of a state needs a user_id or an email"),
        ({"companies": [{"name": "A"}]}, "companies[0]: each company of a state needs a company_id"),
        ({"companies": [{"company_id": "a", "created_at": "x"}]}, "'x' is not a date"),
        ({"people": [{"user_id": "a"}, {"user_id": "a"}]}, "user_id 'a' belongs to another person"),
        (
            {"memberships": [{"user_id": "a", "company_id": "b"}]},
            "names a record that is not in the state",
        ),
        ({"tasks": [{"name": "t", "dueDate": "x"}]}, "tasks[0]: 'x' is not a date"),
        (
            {"tags": [{"id": "a", "name": "t"}, {"id": "a", "name": "u"}]},
            "tags[1]: duplicate id 'a'",
        ),
        ({"notes": [{"subject": "no text"}]}, "notes[0].text is required"),
        (
            {
                "segments": [
                    {"name": "s", "filters": [{"fieldName": "a", "fieldType": "b", "filterType": "c"}]}
                ]
            },
            "segments[0]: filters[0]: fieldType 'b'",
        ),
    ],
)
def test_a_state_with_a_mistake_changes_nothing(api, sections, error):
    api.person()
    before = api.get("/_mock/state")

    answer = api.put("/_mock/state", sections)

    assert api.status == 400
    assert error in answer["error"]
    assert api.get("/_mock/state") == before


def test_emptying_counts_what_was_there(api):
    api.put("/_mock/state", FULL)

    wiped = api.delete("/_mock/state")["wiped"]

    assert (wiped["people"], wiped["companies"], wiped["memberships"], wiped["events"]) == (2, 2, 3, 2)
    assert (wiped["segments"], wiped["playbook_runs"], wiped["nps_scores"]) == (1, 0, 1)
    assert not any(api.delete("/_mock/state")["wiped"].values())


def test_a_snapshot_holds_every_kind_of_record(api):
    state = api.put("/_mock/state", FULL)
    api.put("/_mock/snapshots/full", {})
    api.delete("/_mock/state")

    api.post("/_mock/snapshots/full/restore", {})

    assert api.get("/_mock/state") == state


def test_fresh_ids_never_meet_those_of_a_state(api):
    first = api.person()
    state = api.get("/_mock/state")
    api.delete("/_mock/state")

    api.put("/_mock/state", state)

    assert api.post("/people", {"user_id": "u2"})["id"] != first


@pytest.mark.parametrize(
    ("section", "record"),
    [
        ("people", {"user_id": "u1"}),
        ("companies", {"company_id": "g1"}),
        ("notes", {"text": "t"}),
        ("tasks", {"name": "t"}),
        ("tags", {"name": "t"}),
        ("segments", {"name": "s"}),
        ("health_scores", {"name": "h"}),
        ("objectives", {"name": "o"}),
        ("signals", {"title": "s"}),
        ("meetings", {"title": "m"}),
        ("surveys", {"name": "s"}),
        ("nps_scores", {"email": "a@x.io", "score": 9}),
        ("calculated_metric_values", {"calculated_metric_id": "m", "value": 1}),
        ("deals", {"externalId": "d"}),
    ],
)
def test_a_record_of_a_state_keeps_when_it_was_made_and_when_it_was_changed(api, section, record):
    times = {"created_at": "2026-01-01", "updated_at": "2026-02-01 10:00"}

    (kept,) = api.put("/_mock/state", {section: [{**record, **times}]})[section]

    assert {name: kept[name] for name in times} == times
