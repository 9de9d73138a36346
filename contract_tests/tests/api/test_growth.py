"""Growth: what a call does, counted in function calls, does not depend on how much is on record."""

import gc
import sys
from itertools import count

import pytest

from custify_transformer import HttpRequest
from mock_custify import create_app
from mock_custify.api import Route, Router
from mock_custify.api.exchange import Exchange
from mock_custify.dataplane.local_delivery import environ_of


def environ(method, path, body):
    headers = {"Authorization": "Bearer growth-key"}
    request = HttpRequest(method, f"https://api.custify.com{path}", headers=headers, params={}, body=body)
    return environ_of(request, Exchange())


def call(app, method, path, **body):
    return app.answer(environ(method, path, body))


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
        ("POST", "/event", {"user_id": "u8", "name": "Login"}),
        ("POST", "/company", {"company_id": "c1", "name": "Changed"}),
        ("GET", "/people?user_id=u9", {}),
        ("GET", "/people/all?itemsPerPage=10", {}),
        ("GET", "/company?company_id=c1", {}),
        ("DELETE", "/people?user_id=u10", {}),
    ],
)
def test_a_call_does_the_same_work_over_30_people_and_over_3000(apps, method, path, body):
    _warm, few, many = (steps(app.answer, environ(method, path, body)) for app in apps)

    assert few == many


def test_a_deep_page_after_an_upsert_does_the_work_of_a_first_page():
    app = filled(3000)
    call(app, "GET", "/people/all?itemsPerPage=10&page=200")
    call(app, "POST", "/people", user_id="u5", name="Changed")
    call(app, "POST", "/people", user_id="newest")

    deep = steps(app.answer, environ("GET", "/people/all?itemsPerPage=10&page=250", {}))
    first = steps(app.answer, environ("GET", "/people/all?itemsPerPage=10&page=1", {}))

    assert deep == first


def test_a_deep_page_shows_the_newest_person_last():
    app = filled(1100)
    call(app, "GET", "/people/all?itemsPerPage=100&page=11")
    call(app, "DELETE", "/people?user_id=u0")
    call(app, "POST", "/people", user_id="newest")

    answer = call(app, "GET", "/people/all?itemsPerPage=100&page=11")

    assert answer.body.count(b'"customer_id"') == 100
    assert b'"newest"' in answer.body


def test_a_route_is_found_in_the_same_steps_among_5_and_among_500():
    few, many = Router(), Router()
    few.add(Route(method="GET", path=f"/r{n}/{{id}}/s", respond=len, tag="T", summary="") for n in range(5))
    many.add(
        Route(method="GET", path=f"/r{n}/{{id}}/s", respond=len, tag="T", summary="") for n in range(500)
    )

    found = [steps(router.find, "GET", "/r3/7/s") for router in (few, many)]

    assert found[0] == found[1]


def test_a_segment_that_is_written_out_goes_before_a_parameter():
    router = Router()
    paths = ["/a/{x}", "/a/all", "/{y}/b", "/a/{x}/c"]
    router.add(Route(method="GET", path=path, respond=len, tag="T", summary="") for path in paths)

    found = [router.find("GET", path) for path in ("/a/all", "/a/b", "/z/b", "/a/%C3/c", "/a/")]

    assert [hit and (hit[0].path, dict(hit[1])) for hit in found] == [
        ("/a/all", {}),
        ("/a/{x}", {"x": "b"}),
        ("/{y}/b", {"y": "z"}),
        ("/a/{x}/c", {"x": "%C3"}),
        None,
    ]
