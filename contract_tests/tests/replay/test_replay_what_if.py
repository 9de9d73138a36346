"""A what-if shows what a change of the profile or of the settings makes different, and why."""

import pytest

from mock_custify.replay import replay
from mock_custify.replay.estimate import Rate
from mock_custify.replay.run import Options, plan_of, run
from support.json_difference import assert_same_json
from support.replay_cases import CONFIG, odd, shop, write_lines

TIME = "2026-01-02T03:04:05.000Z"
NOTHING = {"gained": 0, "lost": 0, "changed": 0}


@pytest.fixture
def what_if(tmp_path):
    def difference(*messages, **options):
        report = replay(write_lines(tmp_path / "messages.jsonl", messages), **options)
        return report.to_json_difference(), {one.cause: one for one in report.causes}

    return difference


def test_a_visitor_is_gained_with_the_setting_for_anonymous_ids(what_if):
    visitor = {"type": "identify", "anonymousId": "a1", "originalTimestamp": TIME}

    difference, causes = what_if(visitor, against_config={"sendAnonymousId": True})

    assert difference["people"] == {"gained": 1, "lost": 0, "changed": 0}
    assert list(causes) == ["setting sendAnonymousId"]
    assert causes["setting sendAnonymousId"].example == visitor
    assert causes["setting sendAnonymousId"].meaning == "This setting of the destination differs."


def test_events_are_lost_with_the_setting_for_deduplication(what_if):
    person = {"type": "identify", "userId": "u1"}
    order = {"type": "track", "userId": "u1", "event": "e", "timestamp": TIME, "properties": {"order": "o1"}}
    settings = {"enablededuplication": True, "deduplicationField": "order"}

    difference, causes = what_if(person, order, order, against_config=settings)

    assert (difference["events"]["lost"], difference["events"]["changed"]) == (1, 1)
    assert difference["people"] == NOTHING
    assert set(causes) == {"setting enablededuplication", "setting deduplicationField"}


def test_a_removal_that_production_repeats_loses_a_membership(what_if):
    sticky = {"traits": {"company": {"id": "g1", "remove": True}}}
    messages = [
        {"type": "group", "userId": "u1", "groupId": "g1", "timestamp": TIME},
        {"type": "group", "userId": "u1", "groupId": "g1", "timestamp": TIME, "context": sticky},
    ]

    difference, causes = what_if(*messages, against_profile="production")

    assert difference["memberships"] == {"gained": 0, "lost": 1, "changed": 0}
    assert causes["sticky-removal"].difference.memberships.lost == 1
    assert causes["sticky-removal"].meaning.startswith("In production: ")
    assert causes["signed-up-at-of-group"].difference.memberships.lost == 0


def test_what_follows_from_a_difference_says_so(what_if):
    """The event is the same in both runs, but only one of them has its person."""
    visitor = {"type": "identify", "anonymousId": "a1", "timestamp": TIME}
    event = {"type": "track", "userId": "a1", "event": "e", "timestamp": TIME}

    difference, causes = what_if(visitor, event, against_config={"sendAnonymousId": True})

    assert difference["events"] == {"gained": 1, "lost": 0, "changed": 0}
    assert causes["follows from other differences"].difference.events.gained == 1
    assert "another record does" in causes["follows from other differences"].meaning


def test_an_event_whose_person_is_lost_is_lost_and_follows_from_it(what_if):
    """Its metadata differs too, as in every event, but that is not why it is lost."""
    group = {"type": "group", "userId": "u1", "traits": {"name": "Tech"}, "messageId": "m1"}
    event = {"type": "track", "userId": "u1", "event": "e", "timestamp": TIME}

    difference, causes = what_if(group, event, against_profile="production")

    assert difference["events"] == {"gained": 0, "lost": 1, "changed": 0}
    assert causes["follows from other differences"].difference.events.lost == 1
    assert "user-id-in-metadata" not in causes


def test_an_event_that_both_refuse_is_no_difference(what_if):
    event = {"type": "track", "userId": "nobody", "event": "e", "timestamp": TIME}

    difference, _ = what_if(event, against_profile="production")

    assert difference["events"] == {"gained": 0, "lost": 0, "changed": 0}


def test_an_event_that_loses_its_person_by_its_own_id_has_this_cause(what_if):
    person = {"type": "identify", "anonymousId": "a1", "userId": "a1", "timestamp": TIME}
    event = {"type": "track", "anonymousId": "a1", "event": "e", "timestamp": TIME}
    named = {"properties": {"company_id": "g1"}}

    difference, causes = what_if(person, {**event, **named}, against_config={"sendAnonymousId": True})

    assert difference["events"] == {"gained": 1, "lost": 0, "changed": 0}
    assert causes["setting sendAnonymousId"].difference.events.gained == 1


@pytest.mark.parametrize("profile", ["documented", "production"])
def test_equal_settings_make_no_difference(what_if, profile):
    messages = shop(500) + odd(200)

    difference, causes = what_if(
        *messages, profile=profile, config=CONFIG, against_profile=profile, against_config=CONFIG
    )

    assert (set(map(str, difference.values())), causes) == ({str(NOTHING)}, {})


def test_a_what_if_in_shards_says_the_same(tmp_path):
    archive = write_lines(tmp_path / "a", shop(800) + odd(300))
    plan = plan_of("documented", CONFIG, "production", {"sendAnonymousId": True}, b"{}", keeps_state=False)

    reports = [run(plan, Options(Rate(), together=one, shard=40), [str(archive)]) for one in (10**6, 0)]

    assert_same_json(*(report.to_json() for report in reports))
    assert sum(reports[0].to_json_difference()["memberships"].values()) > 0
