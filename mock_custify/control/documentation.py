"""The calls that describe all calls: the OpenAPI document and a page of it for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mock_custify.api import Answer, Call, Route
from mock_custify.api.openapi import document
from mock_custify.api.openapi_page import page

if TYPE_CHECKING:
    from collections.abc import Sequence

TAG: Final = "Documentation"


def documentation_routes(routes: Sequence[Route]) -> list[Route]:
    """Return the calls that describe `routes`, which may grow until the first of these calls."""

    @cache
    def described() -> dict[str, Any]:
        return document(routes)

    def json(_call: Call) -> Answer:
        return Answer(msgspec.json.encode(described()))

    def html(_call: Call) -> Answer:
        return Answer(page(described()).encode(), content_type="text/html; charset=utf-8")

    return [
        Route(
            method="GET",
            path="/_mock/openapi.json",
            respond=json,
            tag=TAG,
            summary="Describe every call in OpenAPI 3.1",
            answer=dict[str, Any],
            secured=False,
        ),
        Route(
            method="GET",
            path="/_mock/docs",
            respond=html,
            tag=TAG,
            summary="Describe every call on a page for people",
            media="text/html",
            secured=False,
        ),
    ]
