"""A message shows only the divergences that are really there, not those that look like them."""

import pytest

from custify_transformer.divergences.causes import shown_by
from custify_transformer.divergences.differences import outcome

CONFIG = {"apiKey": "key"}


def named(message):
    outcomes = (outcome(message, CONFIG, profile) for profile in ("documented", "production"))
    return set().union(*shown_by(message, CONFIG, *outcomes).values())


def group(company):
    return {"type": "group", "userId": "u1", "groupId": "g1", "context": {"traits": {"company": company}}}


def test_a_remembered_company_without_remove_is_no_sticky_removal():
    assert "sticky-removal" not in named(group({"id": "c1"}))
    assert "sticky-removal" in named(group({"id": "g1", "remove": True}))


@pytest.mark.parametrize(
    ("user", "divergence"),
    [(5, "ids-keep-their-type"), ("  ", "blank-id-accepted"), (0, "zero-id-refused")],
)
def test_an_odd_id_shows_only_the_divergence_about_its_kind(user, divergence):
    about_ids = {"ids-keep-their-type", "blank-id-accepted", "zero-id-refused"}

    assert named({"type": "identify", "userId": user}) & about_ids == {divergence}
