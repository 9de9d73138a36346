"""A survey and the answers that people gave to it."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.values import DateText, Text
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Survey(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored survey."""

    id: str = ""
    _id: str = ""
    name: str | None = None
    type: Literal["nps", "csat"] | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


ExtraAnswer: TypeAlias = str | int | float | bool | list[str]


class ExtraQuestion(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A further question of a survey with its answer."""

    question: str
    answer: ExtraAnswer | None = None


class SurveyResponse(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored answer to a survey; `company` and `people` are internal ids."""

    id: str = ""
    _id: str = ""
    survey: str
    score: Annotated[int, Meta(ge=0, le=10)]
    comment: str | None = None
    responseDate: DateText = ""
    company: Text | None = None
    people: Text | None = None
    email: str | None = None
    name: str | None = None
    extraQuestions: tuple[ExtraQuestion, ...] = EMPTY_LIST
    created_at: DateText = ""
    updated_at: DateText = ""


SURVEYS: Final = Section("surveys", Survey, Collection[Survey])
SURVEY_RESPONSES: Final = Section("survey_responses", SurveyResponse, Collection[SurveyResponse])
