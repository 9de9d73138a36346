"""The calls about surveys."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, PageQuery
from mock_custify.resources.surveys import rules
from mock_custify.resources.surveys.model import SURVEYS, Survey, SurveyResponse
from mock_custify.workspace import Workspace

surveys = Blueprint("surveys", __name__)


class SurveyResponsesPage(Struct, kw_only=True):
    """One page of answers, the number of all answers of the survey, and the number and size of the page."""

    responses: list[SurveyResponse]
    total: int
    page: int
    itemsPerPage: int


@surveys.get("/survey")
@call(statuses=(400,))
def list_surveys(workspace: Workspace, query: PageQuery) -> list[Survey]:
    """List surveys, oldest first, one page at a time and without a total."""
    return query.cut(list(workspace.records[SURVEYS]), LARGEST_OF_OTHERS)


@surveys.get("/survey/<survey>/responses")
@call(statuses=(400, 404))
def list_survey_responses(workspace: Workspace, survey: str, query: PageQuery) -> SurveyResponsesPage:
    """List the answers to a survey, the newest first."""
    found = rules.responses_of(workspace, survey)
    return SurveyResponsesPage(
        responses=query.cut(found, LARGEST_OF_OTHERS),
        total=len(found),
        page=query.page,
        itemsPerPage=min(query.items_per_page, LARGEST_OF_OTHERS),
    )
