"""The values of calculated metrics: under which company they stand, and which one counts."""

import pytest

from mock_custify.resources.calculated_metrics.model import metric_value_of

COMPANIES = [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "7"}]


def newest(api, company, metric="m"):
    """Return the value that counts."""
    with api.client.application.extensions["mock_custify"].store.open("k") as workspace:
        return metric_value_of(workspace, company, metric)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"company_id": "g1"}, ("c1", "g1")),
        ({"company_id": "c1"}, ("c1", "g1")),
        ({"company": "g1"}, ("c1", "g1")),
        ({"company_id": 7}, ("c2", "7")),
        ({"company_id": "gone"}, (None, "gone")),
    ],
)
def test_a_value_of_a_state_is_under_the_company_it_names(api, given, kept):
    value = {"calculated_metric_id": "m", "value": 1, **given}

    state = api.put("/_mock/state", {"companies": COMPANIES, "calculated_metric_values": [value]})

    (answer,) = state["calculated_metric_values"]
    assert (answer["company"], answer["company_id"]) == kept


def test_the_newest_value_of_a_metric_counts(api):
    days = [("2026-01-01", 1), ("2026-03-01", 3), ("2026-02-01", 2)]
    values = [
        {"calculated_metric_id": "m", "company_id": "g1", "date": day, "value": value} for day, value in days
    ]

    api.put("/_mock/state", {"companies": COMPANIES, "calculated_metric_values": values})

    assert (newest(api, "c1"), newest(api, "c1", "other"), newest(api, "c2")) == (3, None, None)


def test_a_value_without_a_date_is_of_the_moment_it_was_made(api):
    api.freeze("2026-05-01T12:00:00.000Z")
    value = {"calculated_metric_id": "m", "company_id": "g1", "value": 1}

    state = api.put("/_mock/state", {"companies": COMPANIES, "calculated_metric_values": [value]})

    assert state["calculated_metric_values"][0]["date"] == "2026-05-01T12:00:00.000Z"
