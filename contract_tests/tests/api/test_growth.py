"""Growth: what a call does, counted in function calls, does not depend on how much is on record."""

import gc
import sys
from itertools import count

import pytest

from custify_transformer import HttpRequest
from mock_custify import create_app
from mock_custify.dataplane.delivery.local_delivery import deliver


def request(method, path, body):
    headers = {"Authorization": "Bearer growth-key"}
    return HttpRequest(method, f"https://api.custify.com{path}", headers=headers, params={}, body=body)


def call(app, method, path, **body):
    return deliver(app, request(method, path, body))


def filled(people):
    app = create_app()
    for number in range(people):
        call(
            app,
            "POST",
            "/people",
            user_id=f"u{number}",
            email=f"u{number}@x.com",
            companies=[{"company_id": "c1"}],
        )
    call(app, "GET", "/people/all")  # sorts them once
    return app


def steps(work, *arguments):
    """Return how many functions `work` calls, those of C included, those of a collection not."""
    steps = count()
    gc.disable()
    sys.setprofile(lambda _frame, event, _what: event in {"call", "c_call"} and next(steps))
    try:
        work(*arguments)
    finally:
        sys.setprofile(None)
        gc.enable()
    return next(steps)


@pytest.fixture(scope="module")
def apps():
    return filled(20), filled(30), filled(3000)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/people", {"user_id": "u7", "name": "Changed"}),
        ("POST", "/people", {"user_id": "u7", "companies": [{"company_id": "c1", "remove": True}]}),
        ("POST", "/people", {"user_id": "new", "email": "new@x.com"}),
        ("POST", "/event", {"user_id": "u8", "name": "Login", "created_at": "2026-01-01"}),
        ("POST", "/company", {"company_id": "c1", "name": "Changed"}),
        ("GET", "/people?user_id=u9", {}),
        ("GET", "/people/all?itemsPerPage=10", {}),
        ("GET", "/company?company_id=c1", {}),
        ("DELETE", "/people?user_id=u10", {}),
    ],
)
def test_a_call_does_the_same_work_over_30_people_and_over_3000(apps, method, path, body):
    answers = []

    _warm, few, many = (
        steps(lambda app=app: answers.append(deliver(app, request(method, path, body)))) for app in apps
    )

    assert [answer.status for answer in answers] == [202 if path == "/event" else 200] * 3
    assert few == many


def test_a_deep_page_after_an_upsert_does_the_work_of_a_first_page():
    app = filled(3000)
    call(app, "GET", "/people/all?itemsPerPage=10&page=200")
    call(app, "POST", "/people", user_id="u5", name="Changed")
    call(app, "POST", "/people", user_id="newest")

    deep = steps(deliver, app, request("GET", "/people/all?itemsPerPage=10&page=250", {}))
    first = steps(deliver, app, request("GET", "/people/all?itemsPerPage=10&page=1", {}))

    assert deep == first


def test_a_deep_page_shows_the_newest_person_last():
    app = filled(1100)
    call(app, "GET", "/people/all?itemsPerPage=100&page=11")
    call(app, "DELETE", "/people?user_id=u0")
    call(app, "POST", "/people", user_id="newest")

    answer = call(app, "GET", "/people/all?itemsPerPage=100&page=11")

    assert answer.body.count(b'"customer_id"') == 100
    assert b'"newest"' in answer.body


def test_a_path_is_found_in_the_same_steps_among_many_rules_as_among_few():
    few, many = create_app(), create_app()
    for number in range(500):
        many.add_url_rule(f"/r{number}/<one>/s", f"view{number}", lambda one: one)
    for app in (few, many):
        call(app, "GET", "/company/people/7")
        call(app, "GET", "/company/people/7")

    found = [steps(deliver, app, request("GET", "/company/people/7", {})) for app in (few, many)]

    assert found[0] == found[1]
