"""The settings of a destination, unconverted, and which part of it is absent."""

import pytest

from custify_transformer import Destination
from custify_transformer.javascript import UNDEFINED

SETTINGS = {
    "apiKey": 1,
    "sendAnonymousId": None,
    "enablededuplication": "yes",
    "deduplicationField": "properties.id",
}


def test_every_setting_is_kept_as_it_stands():
    found = Destination.from_config(SETTINGS)

    assert found == Destination(1, None, "yes", "properties.id")


@pytest.mark.parametrize("config", [{}, "text", [1]])
def test_settings_that_are_not_given_are_undefined(config):
    found = Destination.from_config(config)

    assert found == Destination(UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED)


@pytest.mark.parametrize(
    ("destination", "absent"),
    [
        (UNDEFINED, "destination"),
        (None, "destination null"),
        ({}, "Config"),
        ("text", "Config"),
        ({"Config": None}, "Config null"),
    ],
)
def test_the_part_that_is_not_there_at_all_is_named(destination, absent):
    assert Destination.from_json(destination) == Destination(UNDEFINED, absent=absent)


def test_a_whole_destination_holds_its_settings():
    assert Destination.from_json({"ID": "d1", "Config": {"apiKey": "k"}}).api_key == "k"
