"""What a replay keeps in memory does not grow with the number of messages."""

import gc

import pytest

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


def test_ties_keep_no_text():
    ties = Ties()
    ties.join(f"u{number}" for number in range(1000))

    assert not any(isinstance(key, str) for key in gc.get_referents(ties.numbers))
