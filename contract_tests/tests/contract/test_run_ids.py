"""The ids of a run on an external Custify: all ids that a message names get its prefix."""

import pytest

from custify_contract.run.run_ids import RunIds

PLACES = ("traits", "context.traits", "traits.traits", "traits.context.traits")


def message_with(place, traits):
    for part in reversed(place.split(".")):
        traits = {part: traits}
    return traits


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["id", "userId"])
def test_a_user_id_in_traits_has_the_prefix_of_the_example(place, name):
    ids = RunIds()

    renamed = ids.rename(message_with(place, {name: "u1", "plan": "Pro"}))

    assert renamed == message_with(place, {name: f"{ids.prefix}u1", "plan": "Pro"})


def test_an_id_beside_other_ids_in_traits_is_renamed_with_them():
    ids = RunIds()

    renamed = ids.rename({"traits": {"id": "u1", "email": "a@b.c", "company": {"id": "g1"}}})

    wanted = {name: f"{ids.prefix}{text}" for name, text in (("id", "u1"), ("email", "a@b.c"))}
    assert renamed == {"traits": {**wanted, "company": {"id": f"{ids.prefix}g1"}}}


def test_an_id_outside_of_traits_stays_as_it_is():
    message = {"id": "top", "properties": {"id": "p1"}, "context": {"device": {"id": "d1"}}}

    assert RunIds().rename(message) == message


def test_an_id_is_renamed_once():
    ids = RunIds()
    once = ids.rename({"traits": {"id": "u1"}, "context": {"traits": {"id": 7}}})

    assert ids.rename(once) == once
