"""What a person answered to the NPS question."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from mock_custify.values import DATE_PATTERN, DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

Score = Annotated[int, Meta(ge=0, le=10)] | Annotated[float, Meta(ge=0, le=10)]


class NpsScorePost(Struct, kw_only=True):
    """The body of POST /nps_score; the person stands in the query."""

    score: Score
    comment: str | None = None
    submittedAt: Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})] | None = None


class NpsScore(Struct, frozen=True, kw_only=True):
    """An NPS score on record; `person` is an internal id."""

    id: str = ""
    _id: str = ""
    email: str
    person: str | None = None
    score: Score
    comment: str | None = None
    submittedAt: DateText = ""
    created_at: DateText = ""
    updated_at: DateText = ""


NPS_SCORES: Final = Section("nps_scores", NpsScore, Collection[NpsScore])
