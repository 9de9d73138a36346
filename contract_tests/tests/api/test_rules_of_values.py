"""The vendor's rules about attributes and events: limits, types, and what happens to an event.

Source: vendor's API description, section 30, rules 23 to 36.
"""

import pytest

MOMENT = "2026-05-01T12:00:00.000Z"
EVENT = {"name": "Paid", "created_at": MOMENT}
BOTH = [("/people", {"user_id": "u1"}, "people"), ("/company", {"company_id": "g1"}, "companies")]
both = pytest.mark.parametrize("about", BOTH)


@pytest.fixture
def world(api):
    api.freeze(MOMENT)
    return api


def kept(world, kind):
    return world.get("/_mock/state")[kind]


@both
@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ({"a.b": 1}, "custom_attributes.a.b: a name must not contain a dot"),
        ({"$a": 1}, "custom_attributes.$a: a name must not contain a dollar sign"),
        ({"123": 1}, "custom_attributes.123: a name must not be empty or consist of digits only"),
        ({"": 1}, "a name must not be empty"),
        ({"x" * 191: 1}, "a name has at most 190 characters, got 191"),
        ({"a": [1]}, "custom_attributes.a must be text, a number, true, false or null, got an array"),
        ({"a": {"b": 1}}, "custom_attributes.a must be text, a number, true, false or null, got an object"),
        ({"a": "x" * 256}, "custom_attributes.a must have at most 255 characters, got 256"),
        ({"a": 2**31}, "custom_attributes.a must be a whole number"),
        ({"a": -(2**31) - 1}, "custom_attributes.a must be a whole number"),
        ({f"a{n}": 1 for n in range(251)}, "custom_attributes: at most 250 are accepted"),
    ],
)
def test_an_attribute_that_none_can_be_is_refused(world, about, attributes, text):
    path, named, kind = about
    answer = world.post(path, {**named, "name": "Half", "custom_attributes": attributes})

    assert (world.status, text in answer["error"], kept(world, kind)) == (400, True, [])


@both
@pytest.mark.parametrize(
    "attributes",
    [
        {"x" * 190: 1},
        {"a": "x" * 255},
        {"a": 2**31 - 1},
        {"a": -(2**31)},
        {"a1": 1, "größe": 2, "a b": True},
        {f"a{n}": 1 for n in range(250)},
    ],
)
def test_an_attribute_at_the_limit_is_kept(world, about, attributes):
    path, named, _ = about
    answer = world.post(path, {**named, "custom_attributes": attributes})

    assert (world.status, answer["custom_attributes"]) == (200, attributes)


@both
@pytest.mark.parametrize(("length", "status"), [(255, 200), (256, 400)])
def test_a_text_has_at_most_255_characters(world, about, length, status):
    path, named, kind = about
    world.post(path, {**named, "name": "x" * length})

    assert (world.status, len(kept(world, kind))) == (status, int(status == 200))


@pytest.mark.parametrize("about", [(*BOTH[0][:2], "session_count"), (*BOTH[1][:2], "size")])
@pytest.mark.parametrize(
    ("value", "status"), [(2**31 - 1, 200), (2**31, 400), (-(2**31), 200), (-(2**31) - 1, 400)]
)
def test_a_whole_number_has_32_bits(world, about, value, status):
    path, named, field = about
    world.post(path, {**named, field: value})

    assert world.status == status


@both
@pytest.mark.parametrize(
    ("value", "name", "kind_of_value"),
    [
        ("2026-01-31 12:34:56", "a", "Date"),
        ("2026-01-31", "a", "Date"),
        ("2026-01-31T12:34:56", "a", "Date"),
        ("2026-01-31 12:34", "a", "Date"),
        ("2026-01-31T12:34:56.789", "a", "Date"),
        ("2026-01-31T12:34:56Z", "a", "Date"),
        ("2026-01-31T12:34:56.789Z", "a", "Date"),
        ("2026-01-31T12:34:56.789123Z", "a", "Date"),
        ("2026-01-31T12:34:56+02:00", "a", "Date"),
        ("2020/09/25", "a", "String"),
        ("2026-02-30", "a", "String"),
        ("31.01.2026", "a", "String"),
        ("soon", "starts_at", "Date"),
        ("7", "a", "Number"),
        (5.4, "a", "Number"),
        ("5.4", "a", "Number"),
        ("FALSE", "a", "Boolean"),
        (True, "a", "Boolean"),
        ("Pro", "a", "String"),
    ],
)
def test_the_type_of_an_attribute_is_told_by_its_value(world, about, value, name, kind_of_value):
    path, named, kind = about
    world.post(path, {**named, "custom_attributes": {name: value}})

    assert world.get("/_mock/state")["custom_fields"][kind] == {name: kind_of_value}


@both
def test_the_first_value_fixes_the_type(world, about):
    path, named, kind = about
    for value in (None, 5, "text", True):
        world.post(path, {**named, "custom_attributes": {"a": value}})

    assert (world.status, world.get("/_mock/state")["custom_fields"][kind]) == (200, {"a": "Number"})


@both
def test_null_empties_an_attribute(world, about):
    path, named, _ = about
    world.post(path, {**named, "custom_attributes": {"a": 5, "b": 6}})

    assert world.post(path, {**named, "custom_attributes": {"a": None}})["custom_attributes"].get("a") is None


def test_an_attribute_of_a_company_may_be_an_amount_of_money(world):
    money = {"value": 100, "currency": "USD"}

    company = world.post("/company", {"company_id": "g1", "custom_attributes": {"arr": money}})

    assert (world.status, company["custom_attributes"]["arr"]) == (200, money)
    assert world.get("/_mock/state")["custom_fields"]["companies"] == {"arr": "Currency"}


def test_an_attribute_of_a_company_may_be_a_user(world):
    user = {"id": "m1", "email": "eve@x.io", "name": "Eve", "custom_attributes": {"team": "A"}}
    world.put("/_mock/state", {"users": [user], "custom_fields": {"companies": {"coach": "User"}}})
    for value in ("m1", "eve@x.io"):
        company = world.post("/company", {"company_id": "g1", "custom_attributes": {"coach": value}})

        assert (world.status, company["custom_attributes"]["coach"]) == (200, "m1")

    (plain,) = world.get(f"/company/{company['id']}")["companies"]
    assert plain["custom_attributes"] == {"coach": "m1", "coach_email": "eve@x.io", "coach_name": "Eve"}
    (whole,) = world.get(f"/company/{company['id']}", includeUserAttributes=True)["companies"]
    assert whole["custom_attributes"]["coach_attributes"] == {"team": "A"}


@pytest.mark.parametrize(("user_id", "status"), [("u1", 202), ("u9", 404)])
def test_an_event_is_of_a_known_person(world, user_id, status):
    world.post("/people", {"user_id": "u1"})

    world.post("/event", {**EVENT, "user_id": user_id})
    assert world.status == status

    (event,) = kept(world, "events")
    assert (event["dropped"] is None) == (status == 202)


@pytest.mark.parametrize("missing", ["name", "created_at", "user_id"])
def test_an_event_without_what_it_needs_is_refused(world, missing):
    world.post("/people", {"user_id": "u1"})
    whole = {**EVENT, "user_id": "u1"}

    answer = world.post("/event", {name: value for name, value in whole.items() if name != missing})

    assert (world.status, missing in answer["error"], kept(world, "events")) == (400, True, [])


@pytest.mark.parametrize(
    ("named", "person"),
    [
        ({"user_id": "u1", "email": "bob@x.io"}, "p1"),
        ({"email": "bob@x.io"}, "p2"),
        ({"user_id": "u2"}, "p2"),
    ],
)
def test_an_event_is_of_the_user_id_before_the_email(world, named, person):
    ann = {"id": "p1", "user_id": "u1", "email": "ann@x.io"}
    world.put("/_mock/state", {"people": [ann, {"id": "p2", "user_id": "u2", "email": "bob@x.io"}]})

    world.post("/event", {**EVENT, **named})

    assert [event["person"] for event in kept(world, "events")] == [person]


@pytest.mark.parametrize(("company_id", "status"), [("g1", 202), ("g9", 404)])
def test_an_event_may_be_of_a_company_only(world, company_id, status):
    world.post("/company", {"company_id": "g1"})

    world.post("/event", {**EVENT, "company_id": company_id})

    assert world.status == status


def test_a_deduplication_id_counts_once(world):
    world.post("/people", {"user_id": "u1"})
    for name in ("First", "Second"):
        world.post("/event", {**EVENT, "name": name, "user_id": "u1", "deduplication_id": "d1"})
        assert world.status == 202

    assert [event["name"] for event in kept(world, "events")] == ["First"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": "x" * 100}, 202),
        ({"name": "x" * 101}, 400),
        ({"deduplication_id": "x" * 101}, 400),
        ({"company_id": "x" * 101}, 400),
        ({"metadata": {f"k{n}": n for n in range(50)}}, 202),
        ({"metadata": {f"k{n}": n for n in range(51)}}, 400),
        ({"metadata": {"a": "x" * 9992}}, 202),
        ({"metadata": {"a": "x" * 9993}}, 400),
        ({"metadata": {"a": 2**31}}, 400),
        ({"metadata": {"a": [1]}}, 400),
        ({"metadata": {"a": {"b": 1}}}, 400),
    ],
)
def test_an_event_has_limits_of_its_own(world, change, status):
    world.post("/people", {"user_id": "u1"})

    world.post("/event", {**EVENT, "user_id": "u1", **change})

    assert (world.status, len(kept(world, "events"))) == (status, int(status == 202))


def test_metadata_has_types_of_its_own(world):
    world.post("/people", {"user_id": "u1", "custom_attributes": {"a": "text"}})
    for value in (5, "text"):
        world.post("/event", {**EVENT, "user_id": "u1", "metadata": {"a": value}})

    fields = world.get("/_mock/state")["custom_fields"]
    assert (fields["people"], fields["events"]) == ({"a": "String"}, {"a": "Number"})
