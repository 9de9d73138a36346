"""The current scores of people, and the means of companies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.scores.model import CSAT_SCORES, NPS_SCORES

if TYPE_CHECKING:
    from mock_custify.resources.scores.model import Scores
    from mock_custify.workspace.workspace import Workspace


def nps_of_person(workspace: Workspace, person: str) -> int | None:
    """Return the NPS score of a person by internal id; None if there is none."""
    return score_of(workspace, NPS_SCORES, person)


def csat_of_person(workspace: Workspace, person: str) -> int | None:
    """Return the CSAT score of a person by internal id; None if there is none."""
    return score_of(workspace, CSAT_SCORES, person)


def nps_of_company(workspace: Workspace, company: str) -> int | None:
    """Return the NPS score of a company by internal id: the mean of its people; None for no scores."""
    return mean_of(workspace, NPS_SCORES, company)


def csat_of_company(workspace: Workspace, company: str) -> int | None:
    """Return the CSAT score of a company by internal id: the mean of its people; None for no scores."""
    return mean_of(workspace, CSAT_SCORES, company)


def score_of(workspace: Workspace, scores: Scores, person: str) -> int | None:
    """Return the score of a kind that a person gave; None if there is none."""
    known = workspace.records[scores].find("person", person)
    return known.score if known else None


def mean_of(workspace: Workspace, scores: Scores, company: str) -> int | None:
    """Return the mean of the scores of a kind of a company's people, rounded; a half is rounded up."""
    people = workspace.records[MEMBERSHIPS].people_of(company)
    found = [score for one in people if (score := score_of(workspace, scores, one)) is not None]
    return (2 * sum(found) + len(found)) // (2 * len(found)) if found else None
