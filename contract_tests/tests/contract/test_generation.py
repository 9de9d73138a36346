"""What the laws generate: every entry of every pool, in the same order whatever else runs."""

import json
import subprocess
import sys
from collections import Counter
from math import inf
from random import Random

import pytest

from custify_contract.laws import ALL, get_law
from custify_contract.run.runner import law_seed
from custify_contract.strategies.byte_choices import ByteChoices, blocks, decoded, shrink, shuffle

MISSING = "(missing)"
LONG = "x" * 300
SCALARS = ["x", 0, False, True, 12.5, -1, " ", " x ", "X", "0", "false", LONG]
NO_SCALARS = [MISSING, None, "", [], {}, ["x"], {"a": 1}, inf]
IDS = ["u1", "U1", " u1 ", 77, 0, 1.5, 1e21, "0", "true", "ü 3", LONG]
NO_IDS = [*NO_SCALARS, " ", "\t\n", True, False]
TEXTS = ["a@example.com", "A@EXAMPLE.COM", " a@example.com ", "0", LONG]
NO_TEXTS = [*NO_SCALARS, " ", "\n", 5, 0, True, False]
SWITCHES = [True, False, "true", "false", "TRUE", "yes", "", None, 1, 0, [], {}, MISSING]
EDGES = [
    ("identify.phone.edges", "traits.phone", [*SCALARS, *NO_SCALARS]),
    ("identify.phone.edges", "context.traits.phone", [*SCALARS, *NO_SCALARS]),
    ("identify.signed_up_at.edges", "originalTimestamp", [*SCALARS, *NO_SCALARS]),
    ("group.company.size.edges", "traits.size", [*SCALARS, *NO_SCALARS]),
    ("group.company.monthly_revenue.edges", "traits.mrr", [*SCALARS, *NO_SCALARS]),
    ("group.member.name.edges", "context.traits.name", [*SCALARS, *NO_SCALARS]),
    ("identify.user-id-places", "userId", [*IDS, *NO_IDS]),
    ("identify.user-id-places", "context.traits.id", [*IDS, *NO_IDS]),
    ("track.user-id-places", "traits.userId", [*IDS, *NO_IDS]),
    ("group.user-id-places", "context.traits.userId", [*IDS, *NO_IDS]),
    ("group.id-places", "groupId", [*IDS, *NO_IDS]),
    ("group.id-places", "traits.groupId", [*IDS, *NO_IDS]),
    ("track.company-places", "properties.companyId", [*IDS, *NO_IDS]),
    ("track.email-places", "properties.email", [*TEXTS, *NO_TEXTS]),
    ("identify.email-places", "context.traits.email", [*TEXTS, *NO_TEXTS]),
    ("track.event-edges", "event", [*TEXTS, *NO_TEXTS]),
    ("message.anonymous-id", "anonymousId", [*IDS, *NO_IDS]),
    ("removal.any-value", "traits.company.remove", SWITCHES),
    ("removal.any-value", "context.traits.company.remove", SWITCHES),
    ("identify.phone", "traits.phone", ["555 0100", "+49 30 1", None, "", MISSING]),
    ("identify.session_count", "traits.sessionCount", [0, 7, 12, None, "", MISSING]),
    ("group.churned", "traits.churned", [False, True, None, "", MISSING]),
    ("track.created_at", "originalTimestamp", ["2026-03-03T23:59:59.999Z", None, "", MISSING]),
]


def value_at(message, path):
    for part in path.split("."):
        if not isinstance(message, dict) or part not in message:
            return MISSING
        message = message[part]
    return message


def text_of(value):
    return json.dumps(value, sort_keys=True)


def cases_of(law_id, examples=100, seed=0):
    law = get_law(law_id)
    return [law.cases.value(block) for block in blocks(law.cases.size, examples, law_seed(law, seed))]


@pytest.mark.parametrize(("law", "path", "values"), EDGES)
def test_every_edge_value_is_generated_in_a_hundred_examples(law, path, values):
    found = {text_of(value_at(case.message, path)) for case in cases_of(law)}

    assert [value for value in values if text_of(value) not in found] == []


@pytest.mark.parametrize("place", range(5))
def test_each_place_of_a_user_id_is_the_first_one_with_each_id(place):
    paths = ("userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id")
    no_ids = {text_of(value) for value in NO_IDS}

    found = [
        [text_of(value_at(case.message, path)) for path in paths]
        for case in cases_of("identify.user-id-places")
    ]
    first = [values[place] for values in found if all(value in no_ids for value in values[:place])]

    assert {text_of(value) for value in IDS} <= set(first)


def test_every_cell_of_the_association_table_has_both_ids_or_not():
    for row, (has_user, has_group) in {
        "no-no": (0, 0),
        "no-yes": (0, 1),
        "yes-no": (1, 0),
        "yes-yes": (1, 1),
    }.items():
        messages = [case.message for case in cases_of(f"association.carries.{row}")]
        assert {bool(message.get("userId")) for message in messages} == {bool(has_user)}
        assert {"groupId" in message for message in messages} == {bool(has_group)}


def test_company_ids_next_to_each_other_are_generated():
    companies = Counter(
        tuple(
            value_at(case.message, path) is not MISSING
            for path in ("traits.company", "context.traits.company")
        )
        for case in cases_of("removal.company-places")
    )

    assert companies[True, True] > 50


@pytest.mark.parametrize("size", [1, 2, 3, 7, 39, 42])
def test_every_entry_of_a_pool_is_picked_the_last_one_too(size):
    pool = list(range(size))
    made = decoded(lambda choices: (choices.pick(pool), choices.maybe(pool), choices.number(size)), 3)

    picked, maybe, numbers = zip(*map(made.value, blocks(3, 100, 0)), strict=True)

    assert set(picked) == set(numbers) == set(pool)
    assert set(maybe) == {None, *pool}


@pytest.mark.parametrize("size", [0, 1, 2, 3, 100, 777])
def test_values_are_shuffled_as_python_shuffles_them(size):
    ours, pythons = list(range(size)), list(range(size))

    shuffle(Random(5), ours)  # noqa: S311 - not a secret
    Random(5).shuffle(pythons)  # noqa: S311 - not a secret

    assert ours == pythons


def test_half_of_what_may_be_is_not():
    made = decoded(lambda choices: choices.maybe("ab"), 1)

    assert sum(made.value(block) is None for block in blocks(1, 100, 3)) in range(45, 56)


def test_blocks_are_the_same_for_the_same_seed_and_others_for_another():
    assert list(blocks(8, 20, 1)) == list(blocks(8, 20, 1)) != list(blocks(8, 20, 2))


def test_a_block_is_shrunk_to_the_smallest_bytes_that_still_break():
    assert shrink(bytes([9, 200, 77, 5]), lambda block: block[1] >= 100 and block[2] > 3) == bytes(
        [0, 100, 4, 0]
    )


def test_after_the_last_byte_each_choice_is_the_simplest_one():
    choices = ByteChoices(b"")

    assert (choices.pick("abc"), choices.maybe("abc"), choices.flag(), choices.number(9)) == (
        "a",
        None,
        False,
        0,
    )


def test_every_law_has_a_seed_of_its_own():
    assert len({law_seed(law, 0) for law in ALL}) == len(ALL)


PRINT_CASES = """
from custify_contract.laws import ALL
from custify_contract.run.runner import law_seed
from custify_contract.strategies.byte_choices import blocks
import hashlib
cases = [repr(law.cases.value(block)) for law in ALL for block in blocks(law.cases.size, 5, law_seed(law, 3))]
print(hashlib.sha256("".join(cases).encode()).hexdigest())
"""


def test_the_cases_are_the_same_whatever_the_hash_seed():
    digests = {
        subprocess.run(
            [sys.executable, "-c", PRINT_CASES],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "7")
    }

    assert len(digests) == 1
