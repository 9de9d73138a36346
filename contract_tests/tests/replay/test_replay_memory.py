"""What a replay keeps in memory does not grow with the number of messages."""

import gc

import pytest

from mock_custify.replay.engines.shard import fold
from mock_custify.replay.fold.custify import Custify
from mock_custify.replay.fold.entry import EPOCH, Entry
from mock_custify.replay.fold.plan import Plan
from mock_custify.replay.numbering import Numbering
from mock_custify.replay.spool import Ties
from mock_custify.replay.survey import MessageIds


@pytest.fixture
def ids():
    found = MessageIds()
    yield found
    found.close()


@pytest.mark.parametrize("most", [7, 10**6])
def test_repeated_message_ids_are_counted_in_memory_and_on_the_disk(ids, monkeypatch, most):
    monkeypatch.setattr("mock_custify.replay.survey.MOST_WAITING", most)

    for number in range(100):
        ids.add({"messageId": f"m{number % 60}"})
    ids.add({"messageId": 5})
    ids.add({"messageId": ""})
    ids.add("text")

    assert ids.repeated() == 40


def test_message_ids_leave_memory_once_they_are_many(ids, monkeypatch):
    monkeypatch.setattr("mock_custify.replay.survey.MOST_WAITING", 100)

    for number in range(1050):
        ids.add({"messageId": f"m{number}"})

    assert len(ids.waiting) == 50


def test_each_key_has_one_number_however_many_there_are():
    numbering, keys = Numbering(), [hash(f"u{number}") for number in range(5000)] + [0, -1, 1024, 2048]

    first = [numbering.number(key) for key in keys]

    assert first == list(range(len(keys)))
    assert [numbering.number(key) for key in keys] == first


def test_ties_keep_a_few_bytes_for_each_key():
    ties = Ties()
    ties.join(f"u{number}" for number in range(10_000))

    held = (ties.numbering.hashes, ties.numbering.numbers, ties.parents)
    assert sum(one.itemsize * len(one) for one in held) < 80 * 10_000


@pytest.mark.parametrize(
    "message",
    [
        {"type": "identify", "userId": "u1", "traits": {"email": "a@example.com"}},
        {"type": "track", "userId": "unknown", "event": "e", "originalTimestamp": "2026-01-02T03:04:05.000Z"},
        {"type": "identify", "userId": "u1", "traits": {"sessionCount": "many"}},
        {"type": "identify"},
    ],
)
def test_the_records_of_a_shard_are_free_once_it_is_folded(message):
    gc.disable()
    try:
        fold(Plan(), [Entry(1, "a.json", 1, EPOCH, message)])
        kept = [one for one in gc.get_objects() if isinstance(one, Custify)]
    finally:
        gc.enable()

    assert not kept
