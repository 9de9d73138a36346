"""What belongs together comes into one shard, and everything else into others."""

import json

import pytest

from mock_custify.replay.estimate import Rate
from mock_custify.replay.fold.entry import EPOCH, Entry
from mock_custify.replay.run import Options, plan_of, run
from mock_custify.replay.spool import Spool, Ties
from support.replay_cases import write_lines

TIME = "2026-01-02T03:04:05.000Z"


@pytest.fixture
def shards(tmp_path):
    """Return the positions of messages by shard; each message is (keys, deduplication id)."""

    def split(*messages, count=9, ties=None):
        spool = Spool(tmp_path, ties or Ties())
        for position, (keys, once) in enumerate(messages):
            spool.add(Entry(position, "f", 1, EPOCH, {}), keys, [once] if once else [])
        found = [[entry.position for entry in shard] for shard in spool.shards(count)]
        spool.close()
        return sorted(found)

    return split


def test_messages_that_share_nothing_are_split(shards):
    assert shards((["u1"], ""), (["u2"], ""), (["u1"], "")) == [[0, 2], [1]]


def test_a_third_message_ties_two_users_together(shards):
    assert shards((["u1", "ea"], ""), (["u2"], ""), (["u2", "ea"], "")) == [[0, 1, 2]]


def test_users_with_the_same_deduplication_id_belong_together(shards):
    assert shards((["u1"], "order"), (["u2"], "order"), (["u3"], "other")) == [[0, 1], [2]]


def test_what_the_state_ties_belongs_together(shards):
    ties = Ties()
    ties.join(["u1", "ea"])

    assert shards((["u1"], ""), (["ea"], ""), (["eb"], ""), ties=ties) == [[0, 1], [2]]


def test_large_components_are_spread_evenly(shards):
    messages = [([f"u{number % 10}"], "") for number in range(100)]

    assert [len(shard) for shard in shards(*messages, count=5)] == [20] * 5


def test_an_order_that_two_users_send_counts_once_in_shards_too(tmp_path):
    people = [{"type": "identify", "userId": user} for user in ("u1", "u2")]
    order = {"type": "track", "event": "Ordered", "timestamp": TIME, "properties": {"order": "o1"}}
    archive = write_lines(tmp_path / "a", [*people, order | {"userId": "u1"}, order | {"userId": "u2"}])
    settings = {"apiKey": "k", "enablededuplication": True, "deduplicationField": "order"}
    plan = plan_of("documented", settings, None, None, b"{}", keeps_state=True)

    run(plan, Options(Rate(), together=0, state_out=str(tmp_path / "state")), [str(archive)])

    assert [one["user_id"] for one in json.loads((tmp_path / "state").read_bytes())["events"]] == ["u1"]


def test_an_order_counts_once_in_shards_too_when_only_the_what_if_counts_it_once(tmp_path):
    people = [{"type": "identify", "userId": f"u{number}"} for number in range(8)]
    order = {"type": "track", "event": "Ordered", "timestamp": TIME, "properties": {"order": "o1"}}
    archive = write_lines(tmp_path / "a", [*people, *(order | {"userId": one["userId"]} for one in people)])
    once = {"apiKey": "k", "enablededuplication": True, "deduplicationField": "order"}
    plan = plan_of("documented", {"apiKey": "k"}, None, once, b"{}", keeps_state=False)

    report = run(plan, Options(Rate(), together=0, shard=1), [str(archive)])

    assert report.difference.events.lost == len(people) - 1


@pytest.mark.parametrize(
    "message",
    [
        {"type": "identify", "userId": "\ud800", "traits": {"n": float("inf"), "whole": 1.0, "one": 1}},
        {"type": "track", "properties": {"list": [None, True, 2**70, {"": -0.0}]}},
        ["no message", 1.5, {}],
    ],
)
def test_a_message_comes_back_from_the_disk_as_it_was(tmp_path, message):
    spool = Spool(tmp_path, Ties())
    before = Entry(7, "file", 3, EPOCH, message, {"destination": {"Config": {}}})
    spool.add(before, ["u1"], [])

    after = [entry for shard in spool.shards(1) for entry in shard]

    spool.close()
    assert repr(after) == repr([before])


def test_the_progress_counts_each_folded_shard(tmp_path):
    people = [{"type": "identify", "userId": f"u{number}"} for number in range(40)]
    archive = write_lines(tmp_path / "a", people)
    seen = []

    options = Options(Rate(), together=0, shard=2, folded=lambda done, most: seen.append((done, most)))
    run(plan_of("documented", None, None, None, b"{}", keeps_state=False), options, [str(archive)])

    most = seen[0][1]
    assert seen == [(done, most) for done in range(1, len(seen) + 1)]
    assert 1 < len(seen) <= most
