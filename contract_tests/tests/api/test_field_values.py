"""The values of single fields: what is written is read back, null empties, and nothing else moves."""

import pytest

NOW = "2026-05-01T12:00:00.000Z"
NAMED = {"/people": {"user_id": "u1"}, "/company": {"company_id": "g1"}}
TEXTS = {
    "/people": ("name", "first_name", "last_name", "title", "role", "phone"),
    "/company": (
        *("name", "website", "domain", "industry", "plan", "status", "owners_csm", "owners_account"),
    ),
}
NUMBERS = (("/people", "session_count"), ("/company", "size"), ("/company", "monthly_revenue"))
FLAGS = (
    ("/people", "unsubscribed_from_emails"),
    ("/people", "unsubscribed_from_calls"),
    ("/company", "churned"),
)
DATES = (("/people", "signed_up_at"), ("/company", "signed_up_at"))
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
    },
}
SHOWN_TWICE = {"monthly_revenue": "mrr", "owners_csm": "owners_csm_email"}


@pytest.fixture
def written(api):
    """Return what fills every field of a record, then writes one, and answers before and after."""
    api.freeze(NOW)

    def write(path, name, value):
        before = api.post(path, FULL[path])
        return before, api.post(path, {**NAMED[path], name: value})

    return write


@pytest.mark.parametrize(("path", "name"), [*ALL_TEXTS, *NUMBERS, *FLAGS, *DATES])
def test_null_empties_the_field_it_is_written_to_and_no_other(written, path, name):
    before, after = written(path, name, None)

    assert after == {**before, name: None, SHOWN_TWICE.get(name, name): None}


@pytest.mark.parametrize(("path", "name"), ALL_TEXTS)
@pytest.mark.parametrize(("value", "shown"), [("", ""), (" Dr. Ünï ", " Dr. Ünï "), (0, "0")])
def test_a_text_is_read_back_as_it_was_written_and_a_number_as_its_text(written, path, name, value, shown):
    before, after = written(path, name, value)

    assert after == {**before, name: shown, SHOWN_TWICE.get(name, name): shown}


@pytest.mark.parametrize(("path", "name"), NUMBERS)
@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (-1, "-1"), (1.5, "1.5"), ("12", "12"), ("0", "0"), ("-1.25", "-1.25"), ("2.0", "2.0")],
)
def test_a_number_is_read_back_as_it_was_written_also_from_its_text(written, path, name, value, shown):
    before, after = written(path, name, value)

    assert repr(after[name]) == shown
    assert after == {**before, name: after[name], SHOWN_TWICE.get(name, name): after[name]}


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
@pytest.mark.parametrize(
    "value", [0, False, "", [], -1.5, " a ", [0, False, "", 1.5], "2026-01-31 10:30", "null"]
)
def test_a_custom_attribute_takes_any_value_and_leaves_the_others(written, path, value):
    before, after = written(path, "custom_attributes", {"new": value})

    assert repr(after["custom_attributes"]["new"]) == repr(value)
    assert after == {**before, "custom_attributes": {**before["custom_attributes"], "new": value}}


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


def test_the_parents_of_a_company_are_replaced_and_null_takes_them_away(api):
    api.company(parent_companies=[{"id": "a"}, {"id": "b"}])

    replaced = api.post("/company", {"company_id": "g1", "parent_companies": [{"id": "c"}]})
    kept = api.post("/company", {"company_id": "g1", "name": "Acme"})
    emptied = api.post("/company", {"company_id": "g1", "parent_companies": None})

    assert [one["parent_companies"] for one in (replaced, kept, emptied)] == [
        [{"id": "c"}],
        [{"id": "c"}],
        [],
    ]
