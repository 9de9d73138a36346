"""Laws about the values of fields in the fake: how each kind is kept, which type it has, which is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.expected_values import field_type
from custify_contract.law import Case, Trial
from custify_contract.laws.checks import expect_equal, expect_same, expect_unchanged
from custify_contract.laws.fake.writes import law
from custify_contract.observed_state import ObservedState

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices

    Values = tuple[tuple[Any, Any], ...]

REFUSED: Final = "(refused)"
MOST, LEAST = 2**31 - 1, -(2**31)
NO_TEXT: Final[Values] = ((True, REFUSED), ([], REFUSED), ({"a": 1}, REFUSED))
TEXT: Final[Values] = (
    *(("x", "x"), (" X ", " X "), ("", ""), ("\u00e9\u65e5", "\u00e9\u65e5"), ("a\nb", "a\nb"), (77, "77")),
    *((77.0, "77"), (1.5, "1.5"), (None, None), ("y" * 255, "y" * 255), ("y" * 256, REFUSED), *NO_TEXT),
)
WHOLE: Final[Values] = (
    *((0, 0), (7, 7), (-7, -7), (5.0, 5), ("5", 5), (MOST, MOST), (LEAST, LEAST), (None, None)),
    *((MOST + 1, REFUSED), (LEAST - 1, REFUSED), (2.5, REFUSED), ("2.5", REFUSED), ("many", REFUSED)),
    *(("", REFUSED), *NO_TEXT),
)
NUMBER: Final[Values] = (
    *((0, 0), (900.5, 900.5), (-0.25, -0.25), ("5", 5), ("5.4", 5.4), (MOST, MOST), (None, None)),
    *((MOST + 1, REFUSED), (LEAST - 1, REFUSED), ("many", REFUSED), *NO_TEXT),
)
FLAG: Final[Values] = (
    *((True, True), (False, False), ("true", True), ("FALSE", False), (None, False)),
    *((1, REFUSED), (0, REFUSED), ("yes", REFUSED), ("", REFUSED), ([], REFUSED)),
)
DATE: Final[Values] = (
    *((text, text) for text in ("2026-01-31", "2026-01-31 12:00:00", "2026-01-31T12:00:00.000Z")),
    *((text, text) for text in ("2026-01-31T12:00:00+02:00", "2026-01-31T12:00:00.123456Z")),
    *((1706702400, "2024-01-31T12:00:00.000Z"), (1706702400123, "2024-01-31T12:00:00.123Z"), (None, None)),
    *(("2026-02-30", REFUSED), ("soon", REFUSED), ("31.01.2026", REFUSED), (True, REFUSED), ([], REFUSED)),
)
PERSON: Final[dict[str, Values]] = {
    **dict.fromkeys(("name", "phone"), TEXT),
    **dict.fromkeys(("unsubscribed_from_emails", "unsubscribed_from_calls"), FLAG),
    "session_count": WHOLE,
    "signed_up_at": DATE,
}
COMPANY: Final[dict[str, Values]] = {
    **dict.fromkeys(("name", "website", "industry", "plan"), TEXT),
    "size": WHOLE,
    "monthly_revenue": NUMBER,
    "churned": FLAG,
    "signed_up_at": DATE,
}
FILLED: Final = (
    (
        "/people",
        {"user_id": "p1", "name": "Old", "phone": "1", "session_count": 1, "signed_up_at": "2025-01-01"},
    ),
    ("/company", {"company_id": "c1", "name": "Old", "size": 1, "plan": "Old", "monthly_revenue": 1}),
)

# Values of attributes: text of every form, numbers, booleans. The type is that of `expected_values`.
ATTRIBUTES: Final[tuple[Any, ...]] = (
    *("x", "", " ", "5", "-7", "10.2", "1e3", " 5", "5 ", "1,5", "+5", "true", "FALSE", "True", "yes"),
    *("null", "2026-01-31", "2026-01-31 10:00", "2026-01-31 10:00:00", "2026-01-31T10:00:00"),
    *("2026-01-31T10:00:00.123", "2026-01-31T10:00:00Z", "2026-01-31T10:00:00.123Z"),
    *("2026-01-31T10:00:00.123456Z", "2026-01-31T10:00:00+02:00", "2026-01-31T10:00", "2026-02-30"),
    *("2026-01-31T10:00:00.123456", "2026-01-31T10:00:00.12Z", "31.01.2026", "2026", "2026-01"),
    *(0, 7, -7, 12.5, 1e-7, True, False, MOST, LEAST, "y" * 255),
)
BAD_ATTRIBUTES: Final[tuple[Any, ...]] = ([], ["x"], {}, {"a": 1}, MOST + 1, LEAST - 1, "y" * 256)
GOOD_NAMES: Final = ("kind", "k\u00efnd", "two words", "seen_at", "1a", "_", "k" * 190, "at", "Kind")
BAD_NAMES: Final = ("a.b", "$a", "a$", "12", "", "k" * 191)
KINDS: Final = {"/people": "people", "/company": "companies", "/event": "events"}
WHO: Final = {"/people": {"user_id": "p1"}, "/company": {"company_id": "c1"}}
EVENT: Final = {"user_id": "p1", "name": "Paid", "created_at": "2026-01-31T12:00:00.000Z"}


def field_values(choices: ByteChoices) -> Case:
    """Return a value for each field of a person and of a company, each in a call of its own."""
    calls = [
        (path, field, *choices.pick(values))
        for path, fields in (("/people", PERSON), ("/company", COMPANY))
        for field, values in fields.items()
    ]
    return Case(setup=FILLED, facts={"calls": calls})


def write_fields(trial: Trial) -> None:
    """Write each value alone; note the statuses."""
    trial.notes["statuses"] = [
        trial.call("POST", path, {**WHO[path], field: value}).status
        for path, field, value, _ in trial.case.facts["calls"]
    ]


def check_fields(trial: Trial) -> None:
    """Expect each value as it is kept; a refused value changes nothing."""
    people, companies = (
        [dict(one) for one in trial.before.people],
        [dict(one) for one in trial.before.companies],
    )
    records = {"/people": people[0], "/company": companies[0]}
    for (path, field, value, kept), status in zip(
        trial.case.facts["calls"], trial.notes["statuses"], strict=True
    ):
        wanted = 400 if kept == REFUSED else 200
        expect_same(status, wanted, f"status of POST {path} with {field} {str(value)[:40]!r}")
        if kept is None:
            records[path].pop(field, None)
        elif kept != REFUSED:
            records[path][field] = kept
    before = trial.before
    wanted_state = ObservedState(tuple(people), tuple(companies), before.events, before.fields)
    expect_equal(trial.after, wanted_state, "the fields are not what the calls wrote")


def attribute_types(choices: ByteChoices) -> Case:
    """Return a call with new attributes of any values."""
    path = choices.pick((*KINDS,))
    values = {name: choices.pick(ATTRIBUTES) for name in GOOD_NAMES}
    return Case(setup=FILLED, facts={"path": path, "values": values})


def write_attributes(trial: Trial) -> None:
    """Write the attributes, or the metadata of an event."""
    path, values = trial.case.facts["path"], trial.case.facts["values"]
    body = {**EVENT, "metadata": values} if path == "/event" else {**WHO[path], "custom_attributes": values}
    trial.notes["response"] = trial.call("POST", path, body)


def check_types(trial: Trial) -> None:
    """Expect each attribute as it was sent, and its type."""
    path, values = trial.case.facts["path"], trial.case.facts["values"]
    status = 202 if path == "/event" else 200
    expect_same(trial.notes["response"].status, status, f"status of POST {path}")
    after = trial.after
    records: Any = {"/people": after.people, "/company": after.companies, "/event": after.events}[path]
    stored = records[-1]["metadata" if path == "/event" else "custom_attributes"]
    expect_same(stored, values, "attributes")
    types = {name: field_type(value, name) for name, value in values.items()}
    expect_same(after.fields and after.fields[KINDS[path]], types, "types of the attributes")


def bad_attribute(choices: ByteChoices) -> Case:
    """Return a call with one attribute that Custify does not accept, by its name or its value."""
    path = choices.pick(("/people", "/company"))
    bad = choices.pick((*((name, 1) for name in BAD_NAMES), *(("kind", value) for value in BAD_ATTRIBUTES)))
    return Case(setup=FILLED, facts={"path": path, "values": {"good": 1, bad[0]: bad[1]}})


def check_bad(trial: Trial) -> None:
    """Expect 400, and no change."""
    values = trial.case.facts["values"]
    expect_same(
        trial.notes["response"].status, 400, f"status of a call with the attributes {str(values)[:80]}"
    )
    expect_unchanged(trial)


def text_of(length: int) -> str:
    """Return a text of a length."""
    return "x" * length


# Limits of the vendor, 4.2: the call, its limit, and how its body reaches a number of characters or keys.
LIMITS: Final[tuple[tuple[str, int, Any], ...]] = (
    ("/people", 255, lambda number: {"user_id": text_of(number)}),
    ("/people", 255, lambda number: {"email": text_of(number)}),
    (
        "/people",
        250,
        lambda number: {"user_id": "n", "custom_attributes": {f"n{at}": at for at in range(number)}},
    ),
    ("/company", 255, lambda number: {"company_id": text_of(number)}),
    (
        "/company",
        250,
        lambda number: {"company_id": "n", "custom_attributes": {f"n{at}": 1 for at in range(number)}},
    ),
    *(
        ("/event", 100, lambda number, field=field: {**EVENT, field: text_of(number)})
        for field in ("name", "user_id", "deduplication_id", "company_id")
    ),
    ("/event", 100, lambda number: {"name": "x", "created_at": "2026-01-31", "email": text_of(number)}),
    ("/event", 50, lambda number: {**EVENT, "metadata": {f"n{at}": at for at in range(number)}}),
    ("/event", 10_000, lambda number: {**EVENT, "metadata": {"n": text_of(number - len('{"n":""}'))}}),
)


def limits(choices: ByteChoices) -> Case:
    """Return a limit of the vendor; the index is the fact, because a body is made by a function."""
    return Case(setup=FILLED, facts={"limit": choices.pick(range(len(LIMITS)))})


def reach_limit(trial: Trial) -> None:
    """Make a call above the limit, note the state, and make one at the limit."""
    path, limit, body = LIMITS[trial.case.facts["limit"]]
    above = trial.call("POST", path, body(limit + 1)).status
    trial.notes["after the refusal"] = trial.custify.observe()
    trial.notes["statuses"] = [above, trial.call("POST", path, body(limit)).status]


def check_limit(trial: Trial) -> None:
    """Expect the call above the limit refused without a change, and the call at the limit not refused."""
    path, limit, _ = LIMITS[trial.case.facts["limit"]]
    above, at_limit = trial.notes["statuses"]
    expect_same(above, 400, f"status of POST {path} above the limit of {limit}")
    expect_equal(trial.notes["after the refusal"], trial.before, "a refused call may change nothing")
    is_event_of_nobody = path == "/event" and at_limit == 404  # noqa: PLR2004 - the text names nobody
    expect_same(
        at_limit if not is_event_of_nobody else 202, 202 if path == "/event" else 200, f"limit {limit}"
    )


LAWS: Final = (
    law(
        "field-values",
        "Fields keep values of their kind: text, whole numbers of 32 bits, numbers, booleans, dates; null "
        "empties a field; another value is refused",
        field_values,
        check_fields,
        write_fields,
    ),
    law(
        "attribute-types",
        "The type of an attribute is Date, Number, Boolean, else String; a name with _at is a Date",
        attribute_types,
        check_types,
        write_attributes,
        "observed",
    ),
    law(
        "bad-attributes",
        "Names with a dot or a $, of digits only or above 190 characters, objects and arrays are refused",
        bad_attribute,
        check_bad,
        write_attributes,
        "observed",
    ),
    law(
        "limits",
        "String fields have 255 characters, of an event 100; 250 attributes; metadata 50 keys and 10,000 "
        "characters",
        limits,
        check_limit,
        reach_limit,
        "observed",
    ),
)
