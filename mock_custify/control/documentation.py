"""The calls that describe all calls: the OpenAPI document and a page of it for people."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Flask

from mock_custify.api import Answer, Call, open_call
from mock_custify.api.openapi import document
from mock_custify.api.openapi_page import headers_of, page

documentation = Blueprint("documentation", __name__)


@documentation.get("/_mock/openapi.json")
@open_call(answer=dict[str, Any])
def get_document(call: Call) -> Answer:
    """Return the OpenAPI 3.1 description of every call."""
    return Answer(msgspec.json.encode(document_of(call.backend.app)))


@documentation.get("/_mock/docs")
@open_call(media="text/html")
def get_page(call: Call) -> Answer:
    """Show the description of every call as a page."""
    text = page(document_of(call.backend.app))
    return Answer(text.encode(), 200, headers_of(text), "text/html; charset=utf-8")


def document_of(app: Flask) -> dict[str, Any]:
    """Return the document of an application, made once."""
    kept: dict[str, dict[str, Any]] = app.extensions
    if "mock_custify_document" not in kept:
        kept["mock_custify_document"] = document(app)
    return kept["mock_custify_document"]
