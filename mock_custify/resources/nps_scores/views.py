"""The calls about NPS scores."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from msgspec import Meta, Struct

from mock_custify.api import call
from mock_custify.resources.nps_scores import rules
from mock_custify.resources.nps_scores.model import NpsScore, NpsScorePost
from mock_custify.workspace import Workspace

nps_scores = Blueprint("nps_scores", __name__)


class NpsQuery(Struct, kw_only=True):
    """Who answered."""

    email: Annotated[str, Meta(min_length=1)]


@nps_scores.post("/nps_score")
@call(statuses=(400, 404), example={"score": 9, "comment": "Fine"})
def record_nps_score(workspace: Workspace, query: NpsQuery, body: NpsScorePost) -> NpsScore:
    """Record what a person answered to the NPS question."""
    return rules.record_nps_score(workspace, query.email, body)
