"""The calls about NPS and CSAT scores."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct, structs

from mock_custify.api import call
from mock_custify.resources.scores import rules
from mock_custify.resources.scores.model import (
    CSAT_SCORES,
    NPS_SCORES,
    CsatScorePost,
    NpsScorePost,
    ScoreAnswer,
    ScorePost,
    Scores,
)
from mock_custify.workspace import Workspace

scores = Blueprint("scores", __name__)


class ScoreQuery(Struct, kw_only=True):
    """Who gave the score, if the path does not say it, and in which survey."""

    email: str | None = None
    user_id: str | None = None
    surveyId: str | None = None


@scores.post("/nps_score")
@scores.post("/nps_score/<entity>")
@call(statuses=(400, 404), example={"score": 9, "comment": "Fine"})
def record_nps_score(
    workspace: Workspace, query: ScoreQuery, body: NpsScorePost, entity: str | None = None
) -> ScoreAnswer:
    """Record the answer of a person to the NPS question."""
    return record(workspace, NPS_SCORES, entity, query, body)


@scores.post("/csat_score")
@scores.post("/csat_score/<entity>")
@call(statuses=(400, 404), example={"score": 4, "comment": "Good"})
def record_csat_score(
    workspace: Workspace, query: ScoreQuery, body: CsatScorePost, entity: str | None = None
) -> ScoreAnswer:
    """Record the answer of a person to the CSAT question."""
    return record(workspace, CSAT_SCORES, entity, query, body)


def record(
    workspace: Workspace, kind: Scores, entity: str | None, query: ScoreQuery, body: ScorePost
) -> ScoreAnswer:
    """Record a score of a kind; the survey in the body comes before the one in the query."""
    person = rules.person_asked(workspace, entity, query.user_id, query.email)
    request = structs.replace(body, surveyId=body.surveyId or query.surveyId)
    return rules.record_score(workspace, kind, person, request)
