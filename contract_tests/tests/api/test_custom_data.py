"""Custom data of companies and people: written, read by type, and deleted."""

import pytest

from mock_custify.resources.companies.rules import get_company
from mock_custify.resources.custom_data.model import CustomDataPost
from mock_custify.resources.custom_data.rules import write_custom_data

NOW = "2026-05-01T12:00:00.000Z"
STATE = {
    "companies": [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}],
    "people": [{"id": "p1", "user_id": "u1", "email": "ann@x.io"}],
}
ORDER = {"data_type": "order", "data_id": "o1", "data": {"amount": 1, "paid": True}}


@pytest.fixture
def world(api):
    api.freeze(NOW)
    api.put("/_mock/state", STATE)
    return api


@pytest.mark.parametrize(
    ("path", "query", "owner"),
    [
        ("companies/c1", {}, "companies/c1"),
        ("companies", {"company_id": "g1"}, "companies/c1"),
        ("people/p1", {}, "people/p1"),
        ("people", {"user_id": "u1"}, "people/p1"),
        ("companies/c1", {"company_id": "g2"}, "companies/c1"),
    ],
)
def test_custom_data_is_kept_for_the_record_that_the_call_names(world, path, query, owner):
    written = world.post(f"/custom_data/{path}", ORDER, **query)

    assert written == {"order": [ORDER]}
    assert world.get(f"/custom_data/{owner}") == {"order": [ORDER]}


def test_custom_data_is_read_by_your_id(world):
    world.post("/custom_data/companies/c1", ORDER)

    assert world.get("/custom_data/companies", company_id="g1") == {"order": [ORDER]}
    assert world.get("/custom_data/companies", company_id="g2") == {}


def test_an_array_writes_each_of_its_objects(world):
    objects = [ORDER, {**ORDER, "data_id": "o2"}, {**ORDER, "data_type": "ship"}]

    written = world.post("/custom_data/companies/c1", objects)

    assert written == {"order": objects[:2], "ship": objects[2:]}
    assert world.get("/custom_data/companies/c1") == written


def test_an_array_with_a_mistake_writes_nothing(world):
    world.post("/custom_data/companies/c1", [ORDER, {"data_type": "order", "data_id": "o2"}])

    assert (world.status, world.get("/custom_data/companies/c1")) == (400, {})


def test_an_object_that_stands_in_an_array_twice_is_answered_once(world):
    written = world.post("/custom_data/companies/c1", [ORDER, {**ORDER, "data": {"amount": 2}}])

    assert written == {"order": [{**ORDER, "data": {"amount": 2, "paid": True}}]}


def test_an_update_writes_the_keys_that_are_sent_and_leaves_the_others(world):
    world.post("/custom_data/companies/c1", ORDER)

    world.post("/custom_data/companies/c1", {**ORDER, "data": {"amount": 2, "new": "x"}})

    data = {"amount": 2, "paid": True, "new": "x"}
    assert world.get("/custom_data/companies/c1") == {"order": [{**ORDER, "data": data}]}


def test_null_takes_a_key_away(world):
    world.post("/custom_data/companies/c1", ORDER)

    world.post("/custom_data/companies/c1", {**ORDER, "data": {"paid": None}})

    assert world.get("/custom_data/companies/c1")["order"][0]["data"] == {"amount": 1}


@pytest.mark.parametrize("other", ["companies/c2", "people/p1"])
def test_the_same_type_and_id_at_another_record_is_another_object(world, other):
    world.post("/custom_data/companies/c1", ORDER)

    world.post(f"/custom_data/{other}", {**ORDER, "data": {"amount": 9}})

    assert world.get("/custom_data/companies/c1") == {"order": [ORDER]}
    assert len(world.get("/_mock/state")["custom_data"]) == 2


def test_an_update_keeps_the_id_of_its_object_and_moves_updated_at(world):
    world.post("/custom_data/companies/c1", ORDER)
    (first,) = world.get("/_mock/state")["custom_data"]
    world.freeze("2026-06-01T00:00:00.000Z")

    world.post("/custom_data/companies/c1", {**ORDER, "data": {}})

    (second,) = world.get("/_mock/state")["custom_data"]
    assert second == {**first, "updated_at": "2026-06-01T00:00:00.000Z"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data_type": "order", "data_id": "o1"},
        {**ORDER, "data_type": ""},
        {**ORDER, "data_id": 1},
        {**ORDER, "data": []},
        {**ORDER, "data": "x"},
        {**ORDER, "data": None},
        "x",
    ],
)
def test_custom_data_that_is_none_is_refused(world, body):
    world.post("/custom_data/companies/c1", body)

    assert (world.status, world.get("/_mock/state")["custom_data"]) == (400, [])


NOBODY = "an internal id in the path or company_id is required"


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
@pytest.mark.parametrize(
    ("path", "query", "error"),
    [
        ("companies", {}, NOBODY),
        ("companies", {"user_id": "u1"}, NOBODY),
        ("people", {"company_id": "g1"}, "an internal id in the path or user_id is required"),
        ("deals/d1", {}, "entityModel is companies or people, not 'deals'"),
    ],
)
def test_custom_data_of_nobody_is_refused(world, method, path, query, error):
    answer = world.call(method, f"/custom_data/{path}", ORDER if method == "POST" else None, **query)

    assert (world.status, answer) == (400, {"error": error})


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize(
    ("path", "query", "error"),
    [
        ("companies/x", {}, "there is no company with the id 'x'"),
        ("companies/p1", {}, "there is no company with the id 'p1'"),
        ("people", {"user_id": "x"}, "there is no person with the user_id 'x'"),
    ],
)
def test_custom_data_of_an_unknown_record_is_refused(world, method, path, query, error):
    answer = world.call(method, f"/custom_data/{path}", ORDER if method == "POST" else None, **query)

    assert (world.status, answer) == (400, {"error": error})


def test_an_unknown_record_has_no_custom_data(world):
    assert (world.get("/custom_data/people/x"), world.status) == ({}, 200)


NARROWED = [
    ({}, ["a1", "a2", "b1"]),
    ({"data_type": "a"}, ["a1", "a2"]),
    ({"data_type": "a", "data_id": "a2"}, ["a2"]),
    ({"data_id": "b1"}, ["b1"]),
    ({"data_type": "b", "data_id": "a1"}, []),
]


@pytest.fixture
def filled(world):
    objects = [{"data_type": one[0], "data_id": one, "data": {}} for one in ("a1", "a2", "b1")]
    world.post("/custom_data/companies/c1", objects)
    world.post("/custom_data/companies/c2", objects)
    return world


def ids(answer):
    return [one["data_id"] for found in answer.values() for one in found]


@pytest.mark.parametrize(("query", "found"), NARROWED)
def test_custom_data_is_narrowed_by_type_and_id(filled, query, found):
    assert ids(filled.get("/custom_data/companies/c1", **query)) == found


@pytest.mark.parametrize(("query", "found"), NARROWED)
def test_a_delete_takes_what_it_is_narrowed_to_and_nothing_else(filled, query, found):
    answer = filled.delete("/custom_data/companies/c1", **query)

    left = [one for one in ("a1", "a2", "b1") if one not in found]
    assert (filled.status, answer) == (200, {"deleted": len(found)})
    assert ids(filled.get("/custom_data/companies/c1")) == left
    assert len(ids(filled.get("/custom_data/companies/c2"))) == 3


def test_a_delete_finds_the_record_by_your_id(filled):
    assert filled.delete("/custom_data/companies", company_id="g1") == {"deleted": 3}


@pytest.mark.parametrize("model", ["companies", "Company", "company"])
def test_a_batch_can_write_custom_data(world, model):
    payload = CustomDataPost(**ORDER)

    with world.client.application.extensions["mock_custify"].store.open("k") as workspace:
        write_custom_data(workspace, model, get_company(workspace, "c1"), [payload])

    assert world.get("/custom_data/companies/c1") == {"order": [ORDER]}


@pytest.mark.parametrize(
    ("entity", "model", "kept"),
    [("g1", "Company", ("c1", "companies")), ("ann@x.io", "Customer", ("p1", "people"))],
)
def test_custom_data_of_a_state_is_under_the_record_it_names(world, entity, model, kept):
    entry = {"entity": entity, "entityModel": model, **ORDER}

    (answer,) = world.put("/_mock/state", {**STATE, "custom_data": [entry]})["custom_data"]

    assert (answer["entity"], answer["entityModel"]) == kept


@pytest.mark.parametrize(
    ("entries", "error"),
    [
        ([{"entity": "x", **ORDER}], "custom_data[0]: there is no company 'x'"),
        (
            [{"entity": "c1", **ORDER}, {"entity": "g1", **ORDER}],
            "custom_data[1]: duplicate data_id 'o1' of 'order'",
        ),
    ],
)
def test_custom_data_of_a_state_with_a_mistake_is_refused(world, entries, error):
    entries = [{"entityModel": "companies", **one} for one in entries]

    answer = world.put("/_mock/state", {**STATE, "custom_data": entries})

    assert (world.status, answer) == (400, {"error": error})
