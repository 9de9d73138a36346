"""The values of single fields: what is written is read back, null empties, and nothing else moves."""

import pytest

NOW = "2026-05-01T12:00:00.000Z"
NAMED = {"/people": {"user_id": "u1"}, "/company": {"company_id": "g1"}}
TEXTS = {
    "/people": ("name", "first_name", "last_name", "title", "role", "phone"),
    "/company": ("name", "website", "domain", "industry", "plan", "status"),
}
WHOLE_NUMBERS = (("/people", "session_count"), ("/company", "size"))
NUMBERS = (*WHOLE_NUMBERS, ("/company", "monthly_revenue"))
FLAGS = (
    ("/people", "unsubscribed_from_emails"),
    ("/people", "unsubscribed_from_calls"),
    ("/company", "churned"),
)
DATES = (("/people", "signed_up_at"), ("/company", "signed_up_at"))
OWNERS = (("/company", "owners_csm"), ("/company", "owners_account"))
JANE = {"id": "j1", "email": "jane@x.io", "name": "Jane"}
JOE = {"id": "j2", "email": "joe@x.io", "name": "Joe"}
ALL_TEXTS = [(path, name) for path, names in TEXTS.items() for name in names]
FULL = {
    "/people": {
        "user_id": "u1",
        "email": "ann@x.io",
        "custom_attributes": {"seat": "a"},
        **{name: f"old {name}" for name in TEXTS["/people"]},
        "session_count": 7,
        "signed_up_at": "2026-01-01",
        "unsubscribed_from_emails": True,
        "unsubscribed_from_calls": True,
    },
    "/company": {
        "company_id": "g1",
        "custom_attributes": {"region": "eu"},
        **{name: f"old {name}" for name in TEXTS["/company"]},
        "size": 7,
        "monthly_revenue": 7,
        "signed_up_at": "2026-01-01",
        "churned": True,
        "owners_csm": "jane@x.io",
        "owners_account": "j2",
    },
}
SHOWN_TWICE = {"monthly_revenue": "mrr"}


def owner_shown(name, user):
    """Return the fields of an answer that show an owner."""
    shown = {"id": None, "email": None, "name": None} if user is None else user
    return {name: shown["id"], f"{name}_email": shown["email"], f"{name}_name": shown["name"]}


@pytest.fixture
def written(api):
    """Return what fills every field of a record, then writes one, and answers before and after."""
    api.freeze(NOW)
    api.put("/_mock/state", {"users": [JANE, JOE]})

    def write(path, name, value):
        before = api.post(path, FULL[path])
        return before, api.post(path, {**NAMED[path], name: value})

    return write


@pytest.mark.parametrize(("path", "name"), [*ALL_TEXTS, *NUMBERS, *DATES])
def test_null_empties_the_field_it_is_written_to_and_no_other(written, path, name):
    before, after = written(path, name, None)

    assert after == {**before, name: None, SHOWN_TWICE.get(name, name): None}


@pytest.mark.parametrize(("path", "name"), FLAGS)
def test_null_makes_a_flag_false_and_changes_no_other_field(written, path, name):
    before, after = written(path, name, None)

    assert (before[name], after) == (True, {**before, name: False})


@pytest.mark.parametrize(("path", "name"), OWNERS)
@pytest.mark.parametrize(
    ("value", "user"),
    [
        ("joe@x.io", JOE),
        ("j2", JOE),
        ("jane@x.io", JANE),
        ("j1", JANE),
        ("nobody@x.io", None),
        ("", None),
        (0, None),
        (None, None),
    ],
)
def test_an_owner_is_a_user_on_record_by_email_or_id_and_anybody_else_is_nobody(
    written, path, name, value, user
):
    before, after = written(path, name, value)

    assert after == {**before, **owner_shown(name, user)}


@pytest.mark.parametrize(("path", "name"), ALL_TEXTS)
@pytest.mark.parametrize(("value", "shown"), [("", ""), (" Dr. Ünï ", " Dr. Ünï "), (0, "0")])
def test_a_text_is_read_back_as_it_was_written_and_a_number_as_its_text(written, path, name, value, shown):
    before, after = written(path, name, value)

    assert after == {**before, name: shown, SHOWN_TWICE.get(name, name): shown}


@pytest.mark.parametrize(("path", "name"), NUMBERS)
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (-1, "-1"),
        ("12", "12"),
        ("0", "0"),
        (2**31 - 1, "2147483647"),
        (-(2**31), "-2147483648"),
        ("2147483647", "2147483647"),
    ],
)
def test_a_whole_number_is_read_back_as_it_was_written_also_from_its_text(written, path, name, value, shown):
    before, after = written(path, name, value)

    assert repr(after[name]) == shown
    assert after == {**before, name: after[name], SHOWN_TWICE.get(name, name): after[name]}


@pytest.mark.parametrize(("value", "shown"), [(1.5, "1.5"), ("-1.25", "-1.25"), ("2.0", "2.0")])
def test_the_revenue_of_a_company_may_have_decimals(written, value, shown):
    _, after = written("/company", "monthly_revenue", value)

    assert (repr(after["monthly_revenue"]), repr(after["mrr"])) == (shown, shown)


@pytest.mark.parametrize(("path", "name"), WHOLE_NUMBERS)
@pytest.mark.parametrize(("value", "shown"), [(2.0, "2"), ("2.0", "2"), ("-0", "0")])
def test_a_number_without_a_fraction_is_kept_whole(written, path, name, value, shown):
    _, after = written(path, name, value)

    assert repr(after[name]) == shown


@pytest.mark.parametrize(("path", "name"), WHOLE_NUMBERS)
@pytest.mark.parametrize(
    ("value", "shown"), [(1.5, "1.5"), ("-1.25", '"-1.25"'), ("x", '"x"'), (True, "true")]
)
def test_a_number_that_is_not_whole_is_refused_where_people_or_sessions_are_counted(
    api, path, name, value, shown
):
    answer = api.post(path, {**NAMED[path], name: value})

    assert (api.status, answer) == (400, {"error": f"{name} must be a whole number, got {shown}"})


@pytest.mark.parametrize(("path", "name"), NUMBERS)
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2**31, "2147483648"),
        (-(2**31) - 1, "-2147483649"),
        ("2147483648", '"2147483648"'),
        (1e10, "10000000000.0"),
    ],
)
def test_an_integer_beyond_32_bits_is_refused(api, path, name, value, shown):
    answer = api.post(path, {**NAMED[path], name: value})

    text = f"{name} must be a whole number from -2147483648 to 2147483647, got {shown}"
    assert (api.status, answer) == (400, {"error": text})


@pytest.mark.parametrize(("path", "name"), FLAGS)
@pytest.mark.parametrize(("value", "shown"), [(False, False), ("false", False), (True, True), ("true", True)])
def test_a_flag_is_true_or_false_also_from_its_text(written, path, name, value, shown):
    _, after = written(path, name, value)

    assert after[name] is shown


@pytest.mark.parametrize(("path", "name"), DATES)
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-01-31", "2026-01-31"),
        ("2026-01-31 10:30", "2026-01-31 10:30"),
        ("2026-01-31T10:30:00+02:00", "2026-01-31T10:30:00+02:00"),
        (0, "1970-01-01T00:00:00.000Z"),
        (1769855400, "2026-01-31T10:30:00.000Z"),
        (1769855400123, "2026-01-31T10:30:00.123Z"),
        (-86400, "1969-12-31T00:00:00.000Z"),
    ],
)
def test_a_date_is_read_back_as_it_was_written_and_unix_time_as_its_moment(written, path, name, value, shown):
    before, after = written(path, name, value)

    assert after == {**before, name: shown}


@pytest.mark.parametrize("path", ["/people", "/company"])
@pytest.mark.parametrize("value", [0, False, "", -1.5, " a ", "2026-01-31 10:30", "null", "x" * 255])
def test_a_custom_attribute_takes_any_plain_value_and_leaves_the_others(written, path, value):
    before, after = written(path, "custom_attributes", {"new": value})

    assert repr(after["custom_attributes"]["new"]) == repr(value)
    assert after == {**before, "custom_attributes": {**before["custom_attributes"], "new": value}}


@pytest.mark.parametrize("path", ["/people", "/company"])
@pytest.mark.parametrize(
    ("value", "got"),
    [([], "an array"), ([0, False, "", 1.5], "an array"), ({}, "an object"), ({"a": 1}, "an object")],
)
def test_a_custom_attribute_that_is_an_array_or_an_object_is_refused(api, path, value, got):
    answer = api.post(path, {**NAMED[path], "custom_attributes": {"new": value}})

    text = f"custom_attributes.new must be text, a number, true, false or null, got {got}"
    assert (api.status, answer) == (400, {"error": text})


def test_an_amount_of_money_is_kept_as_it_was_written(written):
    money = {"value": 9.5, "currency": "USD"}

    _, after = written("/company", "custom_attributes", {"new": money})

    assert after["custom_attributes"] == {"region": "eu", "new": money}


def test_an_amount_of_money_is_no_attribute_of_people(api):
    api.post("/people", {"user_id": "u1", "custom_attributes": {"new": {"value": 9.5, "currency": "USD"}}})

    assert (api.status, api.get("/_mock/state")["people"]) == (400, [])


@pytest.mark.parametrize("path", ["/people", "/company"])
def test_null_takes_a_custom_attribute_away_and_one_that_is_not_there_changes_nothing(written, path):
    before, after = written(path, "custom_attributes", {"seat": None, "region": None, "other": None})

    assert after == {**before, "custom_attributes": {}}


@pytest.mark.parametrize(("path", "name"), [("/people", "user_id"), ("/company", "company_id")])
@pytest.mark.parametrize(("sent", "kept"), [(0, "0"), (77.0, "77"), (1.5, "1.5"), (" u ", " u ")])
def test_an_identifier_is_text_and_zero_is_one(api, path, name, sent, kept):
    first = api.post(path, {name: sent})

    second = api.post(path, {name: kept, "name": "again"})

    assert (first["id"], first[name]) == (second["id"], kept)


@pytest.mark.parametrize(
    ("path", "name"), [("/people", "user_id"), ("/people", "email"), ("/company", "company_id")]
)
@pytest.mark.parametrize("nothing", [None, ""])
def test_an_identifier_cannot_be_emptied(api, path, name, nothing):
    before = api.post(path, FULL[path])

    after = api.post(path, {"id": before["id"], name: nothing})

    assert (api.status, after[name]) == (200, before[name])


def test_the_parents_of_a_company_are_added_remove_takes_one_away_and_null_all(api):
    first, second = (api.company(company_id=name) for name in ("g2", "g3"))
    api.company(parent_companies=[{"id": first}])

    changes = [
        {"parent_companies": [{"company_id": "g3"}]},
        {"name": "Acme"},
        {"parent_companies": []},
        {"parent_companies": [{"company_id": "g2", "remove": True}]},
        {"parent_companies": None},
    ]
    answers = [api.post("/company", {"company_id": "g1", **change}) for change in changes]

    assert [[one["id"] for one in answer["parent_companies"]] for answer in answers] == [
        [first, second],
        [first, second],
        [first, second],
        [second],
        [],
    ]
