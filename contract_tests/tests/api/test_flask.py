"""The application is Flask's: what Flask documents works on the calls of the API, as on any view."""

import json
import subprocess
import sys
from functools import cache

import pytest
from flask import Blueprint, g, request, request_finished, url_for
from flask_cors import CORS
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_custify import create_app
from mock_custify.api.openapi import routes_of
from mock_custify.errors import ApiError

HEADERS = {"Authorization": "Bearer k"}
MOMENT = {"freeze": "2026-01-31T12:00:00.000Z"}


@pytest.fixture
def app():
    return create_app()


def upsert(app):
    """Return the answer to the second call of an application; the first one always goes through Flask."""
    client = app.test_client()
    client.get("/people/all", headers=HEADERS)
    return client.post("/people", json={"user_id": "u1"}, headers=HEADERS)


def test_flask_routes_lists_every_operation(app):
    command = [sys.executable, "-m", "flask", "--app", "mock_custify.app:create_app", "routes"]

    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    paths = {route.path.replace("{", "<").replace("}", ">") for route in routes_of(app)}
    assert paths <= {line.split()[-1].replace("path:", "") for line in listed.splitlines()}
    assert len(paths) > 80


def test_every_call_goes_through_a_hook_before_it(app):
    @app.before_request
    def stop():
        return {"stopped": request.endpoint}

    assert upsert(app).json == {"stopped": "people.upsert_person"}


def test_a_hook_may_read_the_body_before_the_view(app):
    @app.before_request
    def read():
        g.body = request.get_json(silent=True)

    assert upsert(app).json["user_id"] == "u1"


def test_every_answer_goes_through_a_hook_after_it(app):
    @app.after_request
    def mark(response):
        response.headers["X-Mark"] = "yes"
        return response

    assert upsert(app).headers["X-Mark"] == "yes"


def test_teardown_functions_are_called(app):
    seen = []
    app.teardown_request(seen.append)
    app.teardown_appcontext(seen.append)

    upsert(app)

    assert seen == [None] * 4


def test_a_signal_is_sent_also_to_a_receiver_that_comes_late(app):
    seen = []

    def receive(_sender, response, **_):
        seen.append(response.status_code)

    upsert(app)
    with request_finished.connected_to(receive, app):
        upsert(app)

    assert seen == [200, 200]


@pytest.mark.parametrize("kind", [404, ApiError])
def test_an_error_handler_gets_the_refusals_of_the_api(app, kind):
    @app.errorhandler(kind)
    def answer(error):
        return {"mine": error.text}, 418

    client = app.test_client()
    answers = [client.get("/people/nobody", headers=HEADERS) for _ in range(2)]

    expected = (418, {"mine": "there is no person with the id 'nobody'"})
    assert [(one.status_code, one.json) for one in answers] == [expected] * 2


def test_an_error_handler_for_unknown_paths_gets_them(app):
    app.register_error_handler(404, lambda _error: ({"mine": True}, 404))

    assert app.test_client().get("/nothing").json == {"mine": True}


def test_a_view_of_the_user_goes_before_a_parameter(app):
    @app.get("/people/mine")
    def mine():
        return {"mine": True}

    client = app.test_client()

    assert [client.get("/people/mine").json for _ in range(2)] == [{"mine": True}] * 2


def test_a_blueprint_of_the_user_is_served(app):
    blueprint = Blueprint("mine", __name__, url_prefix="/mine")
    blueprint.get("/one")(lambda: {"one": 1})
    app.register_blueprint(blueprint)

    assert app.test_client().get("/mine/one").json == {"one": 1}


def test_a_view_that_the_user_wraps_is_the_one_that_answers(app):
    app.view_functions["people.upsert_person"] = lambda: {"wrapped": True}

    assert upsert(app).json == {"wrapped": True}


def test_an_extension_works_on_the_calls_of_the_api(app):
    CORS(app, origins="https://app.example")
    client = app.test_client()

    answers = [
        client.get("/people/all", headers={**HEADERS, "Origin": "https://app.example"}) for _ in range(2)
    ]
    preflight = client.options(
        "/people", headers={"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    )

    allowed = [one.headers["Access-Control-Allow-Origin"] for one in (*answers, preflight)]
    assert allowed == ["https://app.example"] * 3


def test_url_for_builds_the_path_of_a_call(app):
    with app.test_request_context():
        assert url_for("people.get_person", person_id="p1") == "/people/p1"


def test_after_the_first_call_flask_refuses_further_set_up(app):
    upsert(app)

    with pytest.raises(AssertionError, match="setup method 'before_request'"):
        app.before_request(lambda: None)


@cache
def both_apps():
    """Return an application with the fast lane and one with Flask's own path."""
    fast, plain = create_app(), create_app()
    plain.testing = True
    return fast, plain


def lanes():
    """Return a client of each application, with an empty workspace and the same clock."""
    for app in both_apps():
        app.store.close("k")
        app.test_client().put("/_mock/clock", json=MOMENT, headers=HEADERS)
    return [app.test_client() for app in both_apps()]


@pytest.mark.parametrize("path", ["/people", "/event", "/people/nobody", "/_mock/state"])
def test_options_runs_no_view(app, path):
    client = app.test_client()
    body = {"user_id": "u1", "name": "E", "created_at": "2026-01-31"}

    answers = [client.options(path, json=body, headers=HEADERS) for _ in range(2)]

    assert [(one.status_code, one.get_data()) for one in answers] == [(200, b"")] * 2
    assert all("OPTIONS" in one.headers["Allow"] for one in answers)
    state = client.get("/_mock/state", headers=HEADERS).json
    assert (state["people"], state["events"]) == ([], [])


PATHS = st.sampled_from(
    [
        *("/people", "/people?user_id=u1", "/people/all?itemsPerPage=0", "/people/all", "/people/nobody"),
        *("/company", "/company?company_id=g1", "/event", "/nothing", "/v1/track", "/v1/nothing"),
        *("/_mock/health", "/_mock/state", "/_mock/faults", "/tag", "/task/filtersAvailableValues"),
    ]
)
BODIES = st.sampled_from(
    [
        b"",
        b"{}",
        b"[",
        b'{"user_id":"u1","companies":[{"company_id":"g1"}]}',
        b'{"company_id":"g1","name":"A"}',
        b'{"name":"E","user_id":"u1"}',
        b'{"userId":"u1","event":"E"}',
        b'{"faults":[{"status":503,"times":1}]}',
        b"\xff",
    ]
)
KEYS = st.sampled_from(["Bearer k", "bearer k", "Basic azo=", "Bearer ", ""])
CALLS = st.lists(
    st.tuples(st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE"]), PATHS, BODIES, KEYS),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150)
@given(CALLS)
def test_the_fast_lane_answers_as_flask_does(calls):
    fast, plain = lanes()

    for method, path, body, key in calls:
        headers = {"Authorization": key, "Content-Type": "application/json"}
        one, other = (
            client.open(path, method=method, data=body, headers=headers) for client in (fast, plain)
        )
        assert told(one) == told(other)


def told(answer):
    """Return what a client sees of an answer, without what no two answers share."""
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    body = answer.get_data()
    with_times = body.startswith(b"{") and b'"journal"' in body
    return answer.status_code, headers, json.loads(body) if with_times else body
