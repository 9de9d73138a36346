"""What a deleted person or company takes along from the records of other kinds."""

import pytest

from mock_custify.resources.calculated_metrics import rules as calculated_metrics
from mock_custify.resources.calculated_metrics.model import metric_value_of
from mock_custify.resources.custom_data import rules as custom_data
from mock_custify.resources.financial import rules as financial
from mock_custify.resources.health_scores import rules as health_scores
from mock_custify.resources.meetings import rules as meetings
from mock_custify.resources.objectives import rules as objectives
from mock_custify.resources.playbooks import rules as playbooks
from mock_custify.resources.scores import rules as scores
from mock_custify.resources.segments import rules as segments
from mock_custify.resources.signals import rules as signals
from mock_custify.resources.surveys import rules as surveys

STATE = {
    "companies": [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}],
    "people": [
        {"id": "p1", "user_id": "u1", "email": "ann@x.io", "name": "Ann", "companies": ["c1"]},
        {"id": "p2", "user_id": "u2", "name": "Bob", "companies": ["c1"]},
    ],
}


@pytest.fixture
def without(api):
    """Return what seeds sections, lets rules forget a record, and answers the sections as they are left."""

    def left(rules, record, **sections):
        api.put("/_mock/state", {**STATE, **sections})
        with api.client.application.extensions["mock_custify"].store.open("k") as workspace:
            rules.forget(workspace, record)
        state = api.get("/_mock/state")
        assert api.put("/_mock/state", state) == state
        return [state[name] for name in sections]

    return left


def test_a_person_takes_its_scores_along(without):
    found = [{"person": name, "score": 3} for name in ("p1", "p2")]

    nps, csat = without(scores, "p1", nps_scores=found, csat_scores=found)

    assert ([one["person"] for one in nps], [one["person"] for one in csat]) == (["p2"], ["p2"])


@pytest.mark.parametrize(("record", "left"), [("c1", ["p1"]), ("p1", ["c1"]), ("c2", ["c1", "p1"])])
def test_a_record_takes_its_custom_data_along(without, record, left):
    models = {"c1": "companies", "p1": "people"}
    found = [
        {"entity": name, "entityModel": model, "data_type": "t", "data_id": "1", "data": {}}
        for name, model in models.items()
    ]

    (kept,) = without(custom_data, record, custom_data=found)

    assert [one["entity"] for one in kept] == left


@pytest.mark.parametrize("kind", ["deals", "invoices", "subscriptions"])
@pytest.mark.parametrize(("record", "left"), [("c1", ["b", "d"]), ("p1", ["a", "d"])])
def test_a_record_takes_its_financial_records_along(without, kind, record, left):
    found = [
        {"externalId": "a", "company": "c1"},
        {"externalId": "b", "people": "p1"},
        {"externalId": "c", "company": "c1", "people": "p1"},
        {"externalId": "d"},
    ]

    (kept,) = without(financial, record, **{kind: found})

    assert [one["externalId"] for one in kept] == left


def test_a_company_takes_its_health_score_values_along(without):
    found = [{"health_score_id": "h", "company_id": name, "value": 1} for name in ("g1", "g2")]

    (kept,) = without(health_scores, "c1", health_score_values=found)

    assert [one["company_id"] for one in kept] == ["g2"]


def test_a_company_takes_its_metric_values_along(api, without):
    found = [{"calculated_metric_id": "m", "company_id": name, "value": 1} for name in ("g1", "g2")]

    (kept,) = without(calculated_metrics, "c1", calculated_metric_values=found)

    assert [one["company_id"] for one in kept] == ["g2"]
    with api.client.application.extensions["mock_custify"].store.open("k") as workspace:
        assert metric_value_of(workspace, "c1", "m") is None


def test_a_record_leaves_the_members_of_segments(without):
    found = [{"name": "S", "members": ["c1", "c2"]}]

    (kept,) = without(segments, "c1", segments=found)

    assert [one["members"] for one in kept] == [["c2"]]


def test_a_record_takes_the_runs_on_it_along(without):
    found = [{"playbook": "p", "entity": name} for name in ("c1", "c2")]

    (kept,) = without(playbooks, "c1", playbook_runs=found)

    assert [one["entity"] for one in kept] == ["c2"]


def test_a_record_takes_the_signals_about_it_along(without):
    found = [{"title": name, "entity": name} for name in ("g1", "u1")]

    (kept,) = without(signals, "p1", signals=found)

    assert [one["title"] for one in kept] == ["g1"]


def test_a_company_takes_its_objectives_along(without):
    found = [{"name": name, "company": name} for name in ("g1", "g2")]

    (kept,) = without(objectives, "c1", objectives=found)

    assert [one["name"] for one in kept] == ["g2"]


def test_an_objective_that_was_assigned_to_a_person_stays_with_the_customer(without):
    found = [{"name": "O", "company": "g1", "assignedTo": "u1", "collaborators": ["u1", "u2"]}]

    (kept,) = without(objectives, "p1", objectives=found)

    (objective,) = kept
    assert (objective["assignedTo"], objective["assignedToName"]) == ("Customer", None)
    assert objective["collaborators"] == [{"entity": "p2", "name": "Bob"}]


def test_a_person_leaves_meetings_and_takes_those_with_nobody_else_along(without):
    found = [
        {"title": "alone", "people": ["u1"]},
        {"title": "both", "people": ["u1", "u2"], "participants": [{"people": "p1"}, {"people": "p2"}]},
        {"title": "nobody"},
    ]

    (kept,) = without(meetings, "p1", meetings=found)

    assert [(one["title"], one["people"]) for one in kept] == [("both", ["p2"]), ("nobody", [])]
    assert kept[0]["participants"] == [{"people": "p2"}]


def test_an_answer_to_a_survey_stays_without_the_person_or_the_company(without):
    found = [{"survey": "s", "score": 3, "people": "u1", "company": "g1"}]

    people = without(surveys, "p1", surveys=[{"id": "s"}], survey_responses=found)[1][0]
    company = without(surveys, "c1", surveys=[{"id": "s"}], survey_responses=found)[1][0]

    assert [name for name in ("people", "email", "name", "company") if name in people] == ["company"]
    assert [name for name in ("people", "email", "name", "company") if name in company] == [
        "people",
        "email",
        "name",
    ]
