"""What a message becomes by the pattern of its form is what the transformer makes of it."""

from random import Random

import pytest

from mock_custify.replay import replay
from mock_custify.replay.fold.entry import EPOCH, Entry
from mock_custify.replay.fold.forms import form_of
from mock_custify.replay.fold.named import named_by
from mock_custify.replay.fold.patterns import Patterns
from mock_custify.replay.fold.settings import Settings
from support.json_difference import assert_same_json
from support.replay_cases import odd, shop, write_lines

CONFIGS = {
    "plain": {"apiKey": "k"},
    "anonymous": {"apiKey": "k", "sendAnonymousId": True},
    "deduplication": {"apiKey": "k", "enablededuplication": True},
    "a property": {"apiKey": "k", "enablededuplication": True, "deduplicationField": "properties.label"},
    "a name": {"apiKey": "k", "enablededuplication": True, "deduplicationField": "label"},
    "an object": {"apiKey": "k", "enablededuplication": True, "deduplicationField": "context"},
}
NAMES = ("firstName", "name", "email", "id", "company", "userId", "note", "traits", "plan", "phone")
VALUES = (
    "",
    " ",
    "a b",
    "7",
    0,
    7,
    1.5,
    2.0,
    True,
    False,
    None,
    [],
    [1],
    {},
    {"id": "g1"},
    {"id": 1, "remove": 1},
)


def entry(message):
    return Entry(1, "file", 1, EPOCH, message)


def ways(outcome):
    """Return both results for a message and its divergences, so that 1 and true differ."""
    both = (outcome.made, outcome.in_other_profile())
    texts = [(repr(one.requests), one.refusal and (one.refusal.text, one.refusal.status)) for one in both]
    return texts, outcome.shown


def named(found):
    return set(found.keys), set(found.once)


def other_values(random, value):
    """Return a value of the same form: each text and each number is another one."""
    if isinstance(value, dict):
        return {name: part if name == "type" else other_values(random, part) for name, part in value.items()}
    if isinstance(value, str) and value.strip():
        return f"{value[:2]}{random.randrange(9)}".strip()
    if isinstance(value, int) and not isinstance(value, bool) and value:
        return random.randrange(1, 4)
    return value


def mixed(count):
    """Return messages with values of all kinds in the places that the profiles read."""
    random = Random(3)  # noqa: S311 - no secret

    def some():
        return {name: random.choice(VALUES) for name in random.sample(NAMES, 3)}

    return [
        {
            "type": random.choice(("identify", "track", "group", "Group ")),
            "userId": random.choice(("u1", "u1", 5, None)),
            "event": "e",
            "groupId": random.choice(("g1", "g2", 0)),
            "timestamp": "2026-01-01",
            **{name: some() for name in ("traits", "properties") if random.randrange(2)},
            **({"context": {"traits": some(), "page": {"url": None}}} if random.randrange(2) else {}),
        }
        for _ in range(count)
    ]


@pytest.mark.parametrize("profile", ["documented", "production"])
@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_a_pattern_gives_what_the_transformer_gives(profile, config):
    patterns, random, by_pattern = Patterns(Settings(profile, config)), Random(2), 0  # noqa: S311 - no secret
    for message in shop(60) + odd(60) + mixed(200):
        patterns.outcome(entry(message))
        for other in (message, other_values(random, message), other_values(random, message)):
            found = patterns.outcome(entry(other))
            by_pattern += found.pattern is not None

            assert ways(found) == ways(patterns.worked_out(entry(other), 0)), other
            requests = (*found.made.requests, *found.in_other_profile().requests)
            assert named(patterns.named(entry(other))) == named(named_by(requests)), other

    assert by_pattern > 200 or not patterns.usable


@pytest.mark.parametrize("against", [{}, {"sendAnonymousId": True}], ids=["the profile", "the settings too"])
def test_a_what_if_says_the_same_without_patterns(tmp_path, monkeypatch, against):
    archive = write_lines(tmp_path / "a", shop(300) + odd(50) + mixed(100))
    settings = {"against_profile": "production", "against_config": {"apiKey": "k", **against}}
    by_pattern = replay(archive, config={"apiKey": "k"}, **settings).to_json()
    monkeypatch.setattr(Patterns, "pattern_for", lambda *_: None)

    assert_same_json(replay(archive, config={"apiKey": "k"}, **settings).to_json(), by_pattern)


def test_the_report_says_the_same_when_patterns_are_forgotten(tmp_path, monkeypatch):
    archive = write_lines(tmp_path / "a", shop(300) + odd(50) + mixed(100))
    before = replay(archive, against_profile="production").to_json()
    for module in ("patterns", "pattern_counts"):
        monkeypatch.setattr(f"mock_custify.replay.fold.{module}.MOST_FORMS", 3)

    assert_same_json(replay(archive, against_profile="production").to_json(), before)


@pytest.fixture
def patterns():
    return Patterns(Settings())


@pytest.fixture
def has_pattern(patterns):
    def has(*messages):
        return [patterns.outcome(entry(message)).pattern is not None for message in messages]

    return has


def test_a_form_has_a_pattern_from_its_second_message_on(has_pattern):
    assert has_pattern({"type": "identify", "userId": "u1"}, {"type": "identify", "userId": "u2"}) == [
        False,
        True,
    ]


def test_a_company_id_that_is_made_of_the_values_has_no_pattern(has_pattern):
    message = {"type": "group", "userId": "u1", "messageId": "m1"}

    assert has_pattern(message, message, message) == [False] * 3


@pytest.mark.parametrize(
    "odd_part",
    [
        {"context": {"mappedToDestination": True}},
        {"traits.email": "e@example.com"},
        {"userId": 2**60},
        {"traits": {"email": {"a": 1}}},
        {"traits": {"n": float("inf")}},
        {"context": {"page": {"n": float("inf")}}},
    ],
)
def test_an_odd_message_has_no_pattern(has_pattern, odd_part):
    message = {"type": "identify", "userId": "u1", **odd_part}

    assert has_pattern(message, message, message) == [False] * 3


def test_equal_fields_from_different_places_are_compared_for_each_message(patterns):
    """In a group the page takes the person's id from the context, production from the traits as well."""
    message = {
        "type": "group",
        "groupId": "g1",
        "traits": {"userId": "u1"},
        "context": {"traits": {"id": "u1"}},
    }
    other = {**message, "traits": {"userId": "u2"}}

    outcomes = [patterns.outcome(entry(one)) for one in (message, message, message, other)]

    assert [("people.user_id" in one.shown) for one in outcomes] == [False, False, False, True]


def test_blank_and_true_values_are_of_other_forms():
    messages = [
        {"type": "identify", "userId": "u", "a": value} for value in ("x", "", " ", 1, True, False, 0, 1.5)
    ]

    assert len({form_of(message, []) for message in messages}) == len(messages)


@pytest.mark.parametrize(
    "values",
    [
        ("u2", " ", ""),
        (7, 0, 2**60, True),
        (1.5, 2.0, 0.0, 1e300),
        ({"id": "g1"}, {}, {"id": "g1", "remove": True}, {"id": "g1", "remove": "no"}, [], None),
    ],
    ids=["texts", "numbers", "fractions", "objects"],
)
@pytest.mark.parametrize("place", ["userId", "traits", "company", "context", "inner", "inner company"])
def test_a_value_of_another_form_is_seen_after_many_of_one_form(patterns, place, values):
    def made(value):
        inner = {"email": "e@example.com", **({"company": value} if place == "inner company" else {})}
        return {
            "type": "identify",
            "userId": value if place == "userId" else "u1",
            "traits": value
            if place == "traits"
            else {"company": value if place == "company" else "x", "b": 1.5},
            "context": value if place == "context" else {"traits": value if place == "inner" else inner},
        }

    for value in (*values[:1] * 3, *values, *values):
        found = patterns.outcome(entry(made(value)))

        assert ways(found) == ways(patterns.worked_out(entry(made(value)), 0)), value


def test_the_forms_that_are_kept_are_bounded(patterns, monkeypatch):
    monkeypatch.setattr("mock_custify.replay.fold.patterns.MOST_FORMS", 10)

    for number in range(100):
        for _ in range(2):
            patterns.outcome(entry({"type": "identify", "userId": "u1", f"n{number}": 1}))

    assert len(patterns.seen) <= 10
    assert len(patterns.known) <= 10
    assert len(patterns.keys) <= 10
