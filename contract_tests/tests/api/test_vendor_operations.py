"""Every operation of the vendor's description is served, and no input of any of them breaks the fake."""

import json
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_custify import create_app
from mock_custify.api.openapi import document, routes_of

# Source: vendor's API description 1.5.7, its 63 operations.
OPERATIONS = """
POST /batch | GET /batch/{} | GET /calculated_metric | GET /calendar/meeting | GET /comment/{}/{}
POST /comment/{}/{} | DELETE /company | POST /company | GET /company/all | GET /company/people/{}
GET /company/{} | POST /csat_score/{} | DELETE /custom_data/{}/{} | GET /custom_data/{}/{}
POST /custom_data/{}/{} | POST /event | GET /file | POST /file | PUT /file/{}/showInPortal
POST /file/unlink | DELETE /financial/deal/{} | GET /financial/deal/{} | POST /financial/deal/{}
DELETE /financial/invoice/{} | GET /financial/invoice/{} | POST /financial/invoice/{}
DELETE /financial/subscription/{} | GET /financial/subscription/{} | POST /financial/subscription/{}
GET /health_score | GET /lifecycle | GET /note/{} | POST /note/{} | POST /nps_score/{} | GET /objective
DELETE /people | POST /people | GET /people/all | POST /people/tag | GET /people/{} | GET /playbook
GET /segment | GET /survey | GET /survey/{}/responses | PATCH /tag/entity | GET /tag/{} | POST /tag/{}
DELETE /tag/{} | GET /task | POST /task | GET /task/filtersAvailableValues | GET /task/{} | PUT /task/{}
GET /ticket | POST /ticket | GET /ticket/{} | DELETE /ticket/{} | PUT /ticket/{} | POST /ticket/{}/reply
DELETE /time-track | GET /time-track | POST /time-track | PUT /time-track
"""
VENDOR = [tuple(one.split()) for one in re.split(r"[|\n]", OPERATIONS) if one.strip()]
LISTS = {
    "/calculated_metric": "calculated_metrics",
    "/calendar/meeting": "meetings",
    "/file": "files",
    "/health_score": "health_scores",
    "/lifecycle": "lifecycles",
    "/playbook": "playbooks",
    "/segment": "segments",
    "/task": "tasks",
    "/ticket": "tickets",
    "/time-track": "time_track",
}
STATE = {
    "users": [{"id": "m1", "email": "eve@x.io", "name": "Eve"}],
    "companies": [{"id": "c1", "company_id": "g1"}],
    "people": [{"id": "p1", "user_id": "u1", "email": "ann@x.io", "companies": ["c1"]}],
    "tags": [{"id": "t1", "name": "VIP", "category": "people"}],
}
NAMES = (
    *("id", "_id", "user_id", "email", "company_id", "name", "created_at", "metadata", "custom_attributes"),
    *("companies", "parent_companies", "owners_csm", "$unset", "size", "session_count", "churned", "jobs"),
    *("synchronous", "entity", "entityModel", "text", "tags", "ids", "type", "tag", "category", "priority"),
    *("description", "status", "score", "submittedAt", "externalId", "subject", "company", "people", "user"),
    *("replies", "data_type", "data_id", "data", "fileId", "companyId", "startedDate", "duration", "dueDate"),
)
PARTS = st.sampled_from(
    ["c1", "p1", "t1", "companies", "people", "Note", "Task", "f" * 24, "nobody", "%00", "ä"]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", "g1", "u1", "ann@x.io", "c1", "p1", "t1", "eve@x.io", "2026-01-31", "high", "people", "add"]
    ),
    st.text(max_size=4),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=8,
)
BODIES = st.one_of(st.none(), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8), VALUES)
QUERIES = st.dictionaries(
    st.sampled_from(
        [*NAMES[:5], "page", "itemsPerPage", "sorting", "sort", "order", "filters", "properties", "user"]
    ),
    st.sampled_from(
        ["", "1", "0", "-1", "x", "c1", "g1", "u1", "ann@x.io", "[]", "{}", "[1]", '{"field":"name"}']
    ),
    max_size=3,
)


def shape(path):
    return re.sub(r"\{[^}]*\}", "{}", path)


def test_every_operation_of_the_vendor_is_served_and_described():
    app = create_app()
    described = {
        (method.upper(), shape(path))
        for path, methods in document(app)["paths"].items()
        for method in methods
    }

    assert len(VENDOR) == 63
    assert set(VENDOR) <= {(route.method, shape(route.path)) for route in routes_of(app)}
    assert set(VENDOR) <= described


@pytest.mark.parametrize(("method", "path"), VENDOR)
def test_every_operation_of_the_vendor_needs_a_key(method, path):
    answer = create_app().test_client().open(path.replace("{}", "companies"), method=method, json={})

    assert answer.status_code == 401


@cache
def shared_client():
    return create_app().test_client()


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(VENDOR), st.lists(PARTS, min_size=2, max_size=2), QUERIES, BODIES),
        min_size=1,
        max_size=6,
    )
)
def test_no_input_breaks_an_operation(calls):
    client = shared_client()
    headers = {"Authorization": "Bearer k"}
    client.put("/_mock/state", json=STATE, headers=headers)

    for (method, pattern), parts, query, body in calls:
        path = pattern
        for part in parts:
            path = path.replace("{}", part, 1)
        content = {} if body is None else {"json": body}
        answer = client.open(path, method=method, query_string=query, headers=headers, **content)

        assert answer.status_code in {200, 202, 400, 404, 409, 413}, (method, path, query, body)
        told = json.loads(answer.get_data())
        if answer.status_code >= 400:
            assert told["error"], (method, path)
        elif method == "GET" and pattern in LISTS:
            assert isinstance(told[LISTS[pattern]], list), (method, path)
            assert isinstance(told["total"], int), (method, path)
