"""Each known divergence is found and named on an archive that contains it."""

import pytest

from custify_transformer.divergences.table import divergences
from custify_transformer.javascript import encode
from mock_custify.replay import replay


def write(path, message):
    path.write_bytes(encode(message).replace(b'"score":null', b'"score":1e400') + b"\n")
    return path


@pytest.mark.parametrize("known", divergences(), ids=lambda known: known.id)
@pytest.mark.parametrize("profile", ["documented", "production"])
def test_a_known_divergence_is_named(tmp_path, known, profile):
    # Settings of the replay always have a key; those that a message brings may lack it.
    entry = {"message": known.message, "destination": {"Config": known.config}}
    archive = write(tmp_path / "messages.jsonl", known.message if "apiKey" in known.config else entry)

    report = replay(archive, profile=profile, config=known.config)

    found = {one.id: one for one in report.divergences}
    assert known.id in found
    assert (found[known.id].count, found[known.id].line) == (1, 1)
    assert found[known.id].production == known.observed


def test_a_message_that_both_profiles_treat_alike_shows_no_divergence(tmp_path):
    message = {"type": "track", "event": "Seen", "timestamp": "2026-01-01"}
    message |= {"properties": {"user_id": "u1", "x": 1}, "userId": "u1"}
    archive = write(tmp_path / "messages.jsonl", message)

    assert replay(archive).divergences == []


def test_an_empty_object_of_attributes_is_not_taken_for_another_divergence(tmp_path):
    archive = write(
        tmp_path / "messages.jsonl", {"type": "identify", "userId": "u1", "traits": {"name": "Ada"}}
    )

    assert [one.id for one in replay(archive).divergences] == ["empty-custom-attributes"]
