"""The OpenAPI document of everything served, made from the routes and the types that validate requests."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from inspect import cleandoc
from re import findall, sub
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.json import schema_components

from mock_custify.api.call import operation_of
from mock_custify.api.form import file_schema, is_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from mock_custify.api.call import Operation

    Json = dict[str, Any]

METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
REFERENCE: Final = "#/components/schemas/{name}"
REASONS: Final = {
    200: "Success",
    202: "Accepted",
    204: "Success, without a body",
    400: "The request is not valid; the text says why",
    401: "The API key is missing, or this server does not accept it",
    403: "The call comes from a web page of another origin, or its Host is not accepted",
    404: "The record does not exist",
    409: "The form is not valid, or names a company or a person that does not exist",
    413: "The body is longer than the limit of this call",
    429: "The rate limit of the workspace is used up; Retry-After says for how many seconds",
    431: "The path and the headers are longer than the limit of the server",
    500: "An internal error of the server",
    503: "The server cannot accept more at the moment",
}
ABOUT: Final = (
    "A fake of Custify's API with the tools to test against it. Each bearer key has its own workspace. "
    "Calls under /_mock control the fake; faults that are set there can make any call of the Custify API "
    "answer with any status."
)
RETRY_AFTER: Final = {"Retry-After": {"schema": {"type": "integer"}, "description": "In seconds"}}
WILD: Final = {"text": {"type": "string"}, "image": {"type": "string", "format": "binary"}, "application": {}}


class Refusal(Struct):
    """Why a call was refused."""

    error: str


@dataclass(frozen=True, slots=True)
class Route:
    """An operation with its blueprint, and the method and path, in OpenAPI's spelling, that lead to it."""

    method: str
    path: str
    blueprint: str
    about: Operation

    @property
    def tag(self) -> str:
        """Return the heading of the operation."""
        return self.blueprint.replace("_", " ").capitalize()


def routes_of(app: Flask) -> list[Route]:
    """Return the documented operations of an application, in the order of its rules."""
    found = []
    for rule in app.url_map.iter_rules():
        about = operation_of(app, rule.endpoint)
        if about is None or not about.documented:
            continue
        path = sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        blueprint = rule.endpoint.partition(".")[0]
        found += [
            Route(method, path, blueprint, about)
            for method in sorted(rule.methods or ())
            if method in METHODS
        ]
    return found


def document(app: Flask) -> Json:
    """Return the OpenAPI 3.1 document that describes an application."""
    routes = routes_of(app)
    kinds = [
        kind
        for route in routes
        for kind in (route.about.query, route.about.body, route.about.answer)
        if kind is not None
    ]
    schemas, components = schema_components(
        [*kinds, Refusal], schema_hook=file_schema, ref_template=REFERENCE
    )
    known = dict(zip(map(repr, kinds), schemas, strict=False))
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = operation(route, known, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "mock-custify", "version": version("mock-custify"), "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(route.tag for route in routes)],
        "paths": plain(paths),
        "components": {
            "schemas": plain(components),
            "securitySchemes": {"apiKey": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"apiKey": []}],
    }


def plain(schema: Any) -> Any:
    """Return a schema that every reader of OpenAPI shows well.

    Arrays of fixed length get `items`. Descriptions lose the indentation of a docstring, which Markdown shows
    as code.
    """
    if isinstance(schema, list):
        return [plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: plain(value) for name, value in schema.items() if name != "prefixItems"}
    if isinstance(kept.get("description"), str):
        kept["description"] = cleandoc(kept["description"])
    return {**kept, "items": {"anyOf": plain(schema["prefixItems"])}} if "prefixItems" in schema else kept


def operation(route: Route, known: Mapping[str, Json], components: Mapping[str, Json]) -> Json:
    """Return the description of one call."""
    described: Json = {
        "operationId": operation_id(route),
        "tags": [route.tag],
        "summary": route.about.summary,
        "parameters": [*map(path_parameter, findall(r"\{(\w+)\}", route.path)), *query_of(route, components)],
        "responses": responses_of(route, known),
    }
    if route.about.description:
        described["description"] = route.about.description
    if not route.about.secured:
        described["security"] = []
    if route.about.body is not None or not (route.about.secured or route.method == "GET"):
        described["requestBody"] = body_of(route, known)
    return described


def body_of(route: Route, known: Mapping[str, Json]) -> Json:
    """Return the description of the body of a call; what the data plane takes is described elsewhere."""
    content: Json = {"schema": {} if route.about.body is None else known[repr(route.about.body)]}
    if route.about.example is not None:
        content["example"] = route.about.example
    media = "multipart/form-data" if is_form(route.about.body) else "application/json"
    return {"required": True, "content": {media: content}}


def operation_id(route: Route) -> str:
    """Return a name for the call that no other call has."""
    return sub(r"[^\w-]+", "_", f"{route.method.lower()}{route.path}")


def path_parameter(name: str) -> Json:
    """Return the description of a parameter of the path."""
    schema = {"type": "string", "minLength": 1, "pattern": "^[^/]+$"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def query_of(route: Route, components: Mapping[str, Json]) -> list[Json]:
    """Return the descriptions of the query parameters of a call."""
    if route.about.query is None:
        return []
    schema = components[route.about.query.__name__]
    required = schema.get("required", ())
    return [
        query_parameter(name, dict(about), required=name in required)
        for name, about in schema["properties"].items()
    ]


def query_parameter(name: str, schema: Json, *, required: bool) -> Json:
    """Return the description of a query parameter; one that holds JSON text is described by its JSON."""
    described: Json = {"name": name, "in": "query", "required": required}
    if "description" in schema:
        described["description"] = schema.pop("description")
    if "contentSchema" in schema:
        return {**described, "content": {schema["contentMediaType"]: {"schema": schema["contentSchema"]}}}
    if schema.get("default", 0) is None:
        del schema["default"]
    given = [one for one in schema.pop("anyOf", ()) if one != {"type": "null"}]
    return {
        **described,
        "schema": {**schema, **(given[0] if len(given) == 1 else {"anyOf": given} if given else {})},
    }


def responses_of(route: Route, known: Mapping[str, Json]) -> Json:
    """Return the descriptions of the answers of a call, by status."""
    schema = (
        WILD[route.about.media.partition("/")[0]]
        if route.about.answer is None
        else known[repr(route.about.answer)]
    )
    done = {
        "description": REASONS.get(route.about.status, "Success"),
        "content": {route.about.media: {"schema": schema}},
    }
    refusals = {str(status): refusal(route, status) for status in statuses_of(route)}
    return {str(route.about.status): done, **refusals}


def statuses_of(route: Route) -> list[int]:
    """Return the statuses of the refusals of a call: those it declares and those that come with its kind."""
    found = {431, *route.about.statuses}
    found |= {400, 413} if route.about.body is not None else set()
    found |= {400} if route.about.query is not None else set()
    found |= {401} if route.about.secured else set()
    if route.about.secured:
        found |= {400, 413} if route.path.startswith("/_mock/") else {429}
    return sorted(found)


def refusal(route: Route, status: int) -> Json:
    """Return the description of a refusal of a call."""
    schema = (
        {"$ref": REFERENCE.format(name="Refusal")} if route.about.refusal_media == "application/json" else {}
    )
    described: Json = {
        "description": REASONS[status],
        "content": {route.about.refusal_media: {"schema": schema or {"type": "string"}}},
    }
    return {**described, "headers": RETRY_AFTER} if status == 429 else described  # noqa: PLR2004
