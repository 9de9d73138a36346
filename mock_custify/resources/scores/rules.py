"""The rules about NPS and CSAT scores: a person keeps one of each, the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from mock_custify.api.lists import moment_key
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import complete, place
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.people.rules import find_person, get_person, referred_person
from mock_custify.resources.scores.means import mean_of
from mock_custify.resources.scores.model import (
    CSAT_SCORES,
    NPS_SCORES,
    CompanyMean,
    CsatScore,
    NpsScore,
    Score,
    ScoreAnswer,
)
from mock_custify.resources.surveys.model import SURVEYS
from mock_custify.values import find_date

if TYPE_CHECKING:
    from mock_custify.resources.people.model import Person
    from mock_custify.resources.scores.model import ScorePost, Scores
    from mock_custify.workspace.workspace import Workspace

S = TypeVar("S", bound=Score)


def person_asked(workspace: Workspace, entity: str | None, user_id: str | None, email: str | None) -> Person:
    """Return the person that a call names; raise InvalidRequestError for none, NotFoundError."""
    if entity:
        return get_person(workspace, entity)
    if not (user_id or email):
        raise InvalidRequestError("a person is required: an internal id in the path, or user_id or email")
    person = find_person(workspace, user_id, email)
    if person is None:
        name, value = ("user_id", user_id) if user_id else ("email", email)
        raise NotFoundError(f"there is no person with the {name} {value!r}")
    return person


def record_score(workspace: Workspace, scores: Scores, person: Person, request: ScorePost) -> ScoreAnswer:
    """Keep the score that a person gave if it is the newest one, and return the one that counts.

    Raises InvalidRequestError for text that is no date and for an unknown survey.
    Source: vendor's API description, section 22.
    """
    if request.submittedAt is not None and find_date(request.submittedAt) is None:
        raise InvalidRequestError(
            f"submittedAt: {request.submittedAt!r} is not a date: send one such as 2026-01-31"
        )
    if request.surveyId and workspace.records[SURVEYS].get(request.surveyId) is None:
        raise InvalidRequestError(f"surveyId: there is no survey with the id {request.surveyId!r}")
    given = structs.asdict(request) | {"submittedAt": request.submittedAt or workspace.clock.stamp()}
    kept = keep_newest(workspace, scores, scores.entry(person=person.id, email=person.email, **given))
    return ScoreAnswer(**structs.asdict(kept), companies=means_of(workspace, scores, person.id))


def keep_newest(workspace: Workspace, scores: Scores, score: S) -> S:
    """Store the score unless a newer one of its person is there, and return the one that counts."""
    known: S | None = workspace.records[scores].find("person", score.person) if score.person else None
    if known is None:
        return place(workspace, scores, score)
    if moment_key(score.submittedAt) < moment_key(known.submittedAt):
        return known
    times = {"created_at": known.created_at, "updated_at": workspace.clock.stamp()}
    newer = complete(workspace, structs.replace(score, id=known.id, **times))
    workspace.records[scores].put(newer)
    return newer


def means_of(workspace: Workspace, scores: Scores, person: str) -> list[CompanyMean]:
    """Return the mean of each company of a person who gave a score."""
    companies = workspace.records[COMPANIES].by_id
    linked = [companies[one] for one in workspace.records[MEMBERSHIPS].companies_of(person)]
    return [
        CompanyMean(company=one.id, company_id=one.company_id, score=mean)
        for one in linked
        if (mean := mean_of(workspace, scores, one.id)) is not None
    ]


@NPS_SCORES.adds
def add_nps_score(workspace: Workspace, score: NpsScore) -> None:
    """Store an NPS score of a state under its person."""
    add_score(workspace, NPS_SCORES, score)


@CSAT_SCORES.adds
def add_csat_score(workspace: Workspace, score: CsatScore) -> None:
    """Store a CSAT score of a state under its person."""
    add_score(workspace, CSAT_SCORES, score)


def add_score(workspace: Workspace, scores: Scores, score: NpsScore | CsatScore) -> None:
    """Store a score of a state; of two of one person the newer one stays."""
    if not (score.person or score.email):
        raise InvalidRequestError("each score of a state needs a person or an email")
    person = referred_person(workspace, score.person or score.email or "")
    named = {"person": person.id, "email": score.email or person.email} if person else {}
    submitted = score.submittedAt or score.created_at or workspace.clock.stamp()
    keep_newest(workspace, scores, structs.replace(score, submittedAt=submitted, **named))


@NPS_SCORES.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the scores of a deleted person out; the means of companies follow by themselves."""
    for scores in (NPS_SCORES, CSAT_SCORES):
        if known := workspace.records[scores].find("person", record_id):
            workspace.records[scores].remove(known)
