"""The OpenAPI document: everything served is in it, and generated calls find no answer that breaks it."""

from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mock_custify import create_app
from mock_custify.api.openapi import document, plain, routes_of
from mock_custify.api.openapi_page import page
from mock_custify.workspace import Store

APP = create_app(Store(("k",)))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
SCHEMA = schemathesis.openapi.from_wsgi("/_mock/openapi.json", APP)
SCHEMA.config.generation.update(modes=[GenerationMode.POSITIVE])
CUSTIFY = SCHEMA.exclude(
    path_regex=r"^/(_mock|v0|v1|pixel|beacon|\{prefix|batch$|routerTransform|deleteUsers)"
)


@CUSTIFY.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_generated_calls_are_answered_as_the_document_says(case):
    case.call_and_validate(headers={"Authorization": "Bearer k"}, checks=list(CHECKS))


@pytest.fixture
def described():
    return document(APP)


def test_every_route_is_described(described):
    calls = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}

    assert calls == {(route.method, route.path) for route in routes_of(APP)}


def test_every_call_has_a_name_of_its_own(described):
    names = Counter(
        call["operationId"] for methods in described["paths"].values() for call in methods.values()
    )

    assert set(names.values()) == {1}


def test_every_schema_that_is_named_is_there(described):
    named = {
        part.split('"')[0] for part in str(described).replace("'", '"').split("#/components/schemas/")[1:]
    }

    assert named <= set(described["components"]["schemas"])


def test_a_call_tells_its_refusals_and_its_key(described):
    upsert = described["paths"]["/people"]["post"]

    assert sorted(upsert["responses"]) == ["200", "400", "401", "404", "413", "429", "431"]
    assert "security" not in upsert
    assert described["paths"]["/_mock/health"]["get"]["security"] == []


def test_a_parameter_of_json_text_is_described_by_its_json(described):
    (filters,) = [
        one for one in described["paths"]["/company/all"]["get"]["parameters"] if one["name"] == "filters"
    ]

    assert filters["content"]["application/json"]["schema"]["type"] == "array"


def test_an_array_of_fixed_length_is_told_by_its_items():
    assert plain({"prefixItems": [{"type": "string"}]}) == {"items": {"anyOf": [{"type": "string"}]}}


def test_no_description_is_shown_as_code_by_markdown(described):
    texts = [schema.get("description", "") for schema in described["components"]["schemas"].values()]

    assert [text for text in texts if "\n    " in text] == []


@pytest.mark.parametrize("path", ["/_mock/openapi.json", "/_mock/docs"])
def test_the_document_needs_no_key(path):
    assert APP.test_client().get(path).status_code == 200


def test_the_page_shows_every_path_and_asks_nobody_for_anything():
    shown = APP.test_client().get("/_mock/docs").get_data(as_text=True)

    assert all(route.path in shown for route in routes_of(APP))
    assert "http" not in shown.replace("HTTP", "").split("<style>")[0]
    assert "<script" not in shown


def test_the_page_shows_markup_in_the_document_as_text(described):
    described["info"]["description"] = "<script>alert(1)</script>"

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page(described)
