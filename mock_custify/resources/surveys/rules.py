"""The rules about surveys and the answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.api.lists import newest_first
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import complete, place
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.people.rules import referred_person
from mock_custify.resources.surveys.model import SURVEY_RESPONSES, SURVEYS, Survey
from mock_custify.values import named

if TYPE_CHECKING:
    from mock_custify.resources.surveys.model import SurveyResponse
    from mock_custify.workspace.workspace import Workspace

LOWEST_CSAT: Final = 1
HIGHEST_CSAT: Final = 5


@SURVEYS.adds
def add_survey(workspace: Workspace, survey: Survey) -> None:
    """Store a survey of a state."""
    place(workspace, SURVEYS, survey)


@SURVEY_RESPONSES.adds
def add_survey_response(workspace: Workspace, response: SurveyResponse) -> None:
    """Store an answer of a state; raise InvalidRequestError for a survey that is not there."""
    survey = workspace.records[SURVEYS].get(response.survey)
    if survey is None:
        raise InvalidRequestError(f"there is no survey with the id {response.survey!r}")
    if survey.type == "csat" and not LOWEST_CSAT <= response.score <= HIGHEST_CSAT:
        raise InvalidRequestError("the score of an answer to a CSAT survey must be from 1 to 5")
    response = complete(workspace, with_links(workspace, response))
    dated = structs.replace(response, responseDate=response.responseDate or response.created_at)
    place(workspace, SURVEY_RESPONSES, dated)


def with_links(workspace: Workspace, response: SurveyResponse) -> SurveyResponse:
    """Return the answer with the internal ids of its company and person, and with the person's names."""
    company_name, person_name = named(response.company), named(response.people)
    company = referred_company(workspace, company_name) if company_name else None
    person = referred_person(workspace, person_name) if person_name else None
    linked = structs.replace(
        response,
        company=company.id if company else company_name,
        people=person.id if person else person_name,
    )
    if person is None:
        return linked
    return structs.replace(linked, email=response.email or person.email, name=response.name or person.name)


def responses_of(workspace: Workspace, survey: str) -> list[SurveyResponse]:
    """Return the answers to a survey, the newest first; raise NotFoundError."""
    if workspace.records[SURVEYS].get(survey) is None:
        raise NotFoundError(f"there is no survey with the id {survey!r}")
    found = [one for one in workspace.records[SURVEY_RESPONSES] if one.survey == survey]
    return newest_first(found, "responseDate")


@SURVEY_RESPONSES.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take a deleted person or company out of every answer; the answer itself stays without a name."""
    responses = workspace.records[SURVEY_RESPONSES]
    for response in list(responses):
        if response.company == record_id:
            responses.put(structs.replace(response, company=None))
        elif response.people == record_id:
            responses.put(structs.replace(response, people=None, email=None, name=None))
