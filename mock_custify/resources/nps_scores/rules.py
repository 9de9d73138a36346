"""The rules about NPS scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.nps_scores.model import NPS_SCORES, NpsScore
from mock_custify.resources.people.rules import find_person
from mock_custify.values import find_date

if TYPE_CHECKING:
    from mock_custify.resources.nps_scores.model import NpsScorePost
    from mock_custify.workspace.workspace import Workspace


def record_nps_score(workspace: Workspace, email: str, request: NpsScorePost) -> NpsScore:
    """Put what a person answered on record; raise NotFoundError or InvalidRequestError."""
    if find_person(workspace, None, email) is None:
        raise NotFoundError(f"there is no person with the email {email!r}")
    if request.submittedAt is not None and find_date(request.submittedAt) is None:
        raise InvalidRequestError(f"submittedAt: {request.submittedAt!r} is not a date, such as 2026-01-31")
    submitted = request.submittedAt or workspace.clock.stamp()
    score = NpsScore(email=email, score=request.score, comment=request.comment, submittedAt=submitted)
    return add_nps_score(workspace, score)


@NPS_SCORES.adds
def add_nps_score(workspace: Workspace, score: NpsScore) -> NpsScore:
    """Put an NPS score on record under the person with its email."""
    person = find_person(workspace, None, score.email)
    known = score.person or (person.id if person else None)
    return place(workspace, NPS_SCORES, structs.replace(score, person=known))
