"""The score that a person gave, to the NPS question or to the CSAT question."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from msgspec import Meta, Struct

from mock_custify.values import DATE_PATTERN, DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

NpsNumber: TypeAlias = Annotated[int, Meta(ge=0, le=10)]
CsatNumber: TypeAlias = Annotated[int, Meta(ge=1, le=5)]


class ScorePost(Struct, kw_only=True):
    """What POST /nps_score and POST /csat_score take beside the score; the person is in the path or query."""

    comment: str | None = None
    submittedAt: Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})] | None = None
    surveyId: str | None = None


class NpsScorePost(ScorePost, kw_only=True):
    """The body of POST /nps_score: a score from 0 to 10."""

    score: NpsNumber


class CsatScorePost(ScorePost, kw_only=True):
    """The body of POST /csat_score: a score from 1 to 5."""

    score: CsatNumber


class Score(Struct, frozen=True, kw_only=True):
    """A stored score of a person; `person` is an internal id, `surveyId` that of a survey."""

    id: str = ""
    _id: str = ""
    person: str | None = None
    email: str | None = None
    comment: str | None = None
    submittedAt: DateText = ""
    surveyId: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


class NpsScore(Score, frozen=True, kw_only=True):
    """The NPS score of a person."""

    score: NpsNumber


class CsatScore(Score, frozen=True, kw_only=True):
    """The CSAT score of a person."""

    score: CsatNumber


class CompanyMean(Struct, frozen=True, kw_only=True):
    """The mean of the scores of the people of a company; `company` is the internal id."""

    company: str
    company_id: str
    score: int


class ScoreAnswer(Struct, frozen=True, kw_only=True):
    """The current score of a person, and the mean of each of its companies."""

    id: str
    _id: str
    person: str
    email: str | None
    score: int
    comment: str | None
    submittedAt: DateText
    surveyId: str | None
    created_at: DateText
    updated_at: DateText
    companies: list[CompanyMean]


Scores: TypeAlias = Section[Collection[Any]]
NPS_SCORES: Final[Scores] = Section("nps_scores", NpsScore, lambda: Collection[NpsScore]("person"))
CSAT_SCORES: Final[Scores] = Section("csat_scores", CsatScore, lambda: Collection[CsatScore]("person"))
