"""The fields of companies, as filters, sorting and the list of attributes name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_custify.resources.calculated_metrics.model import CALCULATED_METRICS, metric_value_of
from mock_custify.resources.companies.model import COMPANIES, FIELDS
from mock_custify.resources.companies.rules import health_scores_of, last_request, last_seen, people_count
from mock_custify.resources.fields import AttributeField, Fields
from mock_custify.resources.health_scores.model import HEALTH_SCORES
from mock_custify.resources.users import find_user

if TYPE_CHECKING:
    from mock_custify.api.lists import Reader
    from mock_custify.workspace.workspace import Workspace

SCORES: Final = "metrics.health_scores."
METRICS: Final = "metrics.calculated_metrics."


def score_fields(workspace: Workspace) -> list[AttributeField]:
    """Return a field for each health score and each calculated metric, whose newest value it holds."""
    scores, metrics = workspace.records[HEALTH_SCORES], workspace.records[CALCULATED_METRICS]
    return [
        *(AttributeField(f"{SCORES}{score.id}", score.name, "Number") for score in scores),
        *(AttributeField(f"{METRICS}{metric.id}", metric.name, "Number") for metric in metrics),
    ]


def score_reader(workspace: Workspace, name: str) -> Reader | None:
    """Return the function that reads the newest value of a metric or a health score, or None.

    A health score has named parts: its color, for example.
    """
    if name.startswith(METRICS):
        metric_id = name.removeprefix(METRICS)
        return lambda company: metric_value_of(workspace, company.id, metric_id)
    if not name.startswith(SCORES):
        return None
    score_id, _, part = name.removeprefix(SCORES).partition(".")
    named = part if part and part != "value" else "score"
    return lambda company: getattr(health_scores_of(workspace, company).get(score_id), named, None)


def email_of(workspace: Workspace, owner: str | None) -> str | None:
    """Return the email of an owner; an owner who is not a stored user is the text of the state."""
    user = find_user(workspace, owner)
    return user.email if user else owner


COMPANY_FIELDS: Final = Fields(
    section=COMPANIES,
    types={
        "company_id": "String",
        **{name: kind.field_type for name, kind in FIELDS.items()},
        "monthly_revenue": "Currency",
        "mrr": "Currency",
        "last_seen_at": "Date",
        "last_request_at": "Date",
        "owners_csm": "User",
        "owners_account": "User",
        "buckets": "Segment",
        "tags": "Tag",
        "metrics.people_count": "Number",
        "created_at": "Date",
        "updated_at": "Date",
    },
    computed={
        "owners_csm_email": lambda workspace, company: email_of(workspace, company.owners_csm),
        "owners_account_email": lambda workspace, company: email_of(workspace, company.owners_account),
        "last_seen_at": last_seen,
        "last_request_at": last_request,
        "metrics.people_count": people_count,
    },
    stored={"_id": "id", "mrr": "monthly_revenue"},
    more_fields=score_fields,
    more_readers=score_reader,
)
