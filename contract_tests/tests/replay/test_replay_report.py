"""What the report says about an archive."""

import json
from datetime import datetime, timedelta

import pytest

from custify_transformer import Destination, transform
from mock_custify.app import create_app
from mock_custify.dataplane.delivery.local_delivery import deliver
from mock_custify.replay import ReplayError, UnreadableArchiveError, replay
from mock_custify.workspace import Store
from mock_custify.workspace.traffic.rate_limit import CUSTIFY, RateLimit
from support.replay_cases import CONFIG, KEY, shop, write_lines

TIME = "2026-01-02T03:04:05.000Z"


@pytest.fixture
def report_of(tmp_path):
    def report(*messages, **options):
        return replay(write_lines(tmp_path / "messages.jsonl", messages), **options)

    return report


def identify(user, **fields):
    return {"type": "identify", "userId": user, "originalTimestamp": TIME, **fields}


def group(user, company, **traits):
    return {"type": "group", "userId": user, "groupId": company, "traits": traits, "originalTimestamp": TIME}


def track(user, **properties):
    message = {"type": "track", "userId": user, "event": "Seen", "originalTimestamp": TIME}
    return {**message, "properties": properties}


def test_messages_are_counted_by_type_and_by_what_becomes_of_them(report_of):
    report = report_of(identify("u1"), track("u2"), {"type": "page"}, {"type": "identify"}, 7)

    assert (report.messages, report.delivered, report.refused, report.ignored) == (5, 1, 3, 1)
    assert report.types["identify"] == {"delivered": 1, "refused": 1, "ignored": 0}
    assert report.types["page"] == {"delivered": 0, "refused": 0, "ignored": 1}


def test_a_refusal_has_its_smallest_example(report_of):
    report = report_of(
        {"type": "identify", "traits": {"a": "long"}}, {"type": "identify"}, {"type": "identify"}
    )

    (refusal,) = report.refusals
    assert (refusal.reason, refusal.count) == ("Email or userId is mandatory", 2 + 1)
    assert (refusal.example, refusal.line) == ({"type": "identify"}, 2)


def test_refusals_that_differ_in_their_values_have_one_reason(report_of):
    report = report_of(track("u1"), track("u2"))

    assert [(one.reason, one.count) for one in report.refusals] == [("there is no person with user_id …", 2)]


def test_who_is_created_and_who_is_updated_depends_on_the_state_before(report_of):
    state = json.dumps({"people": [{"user_id": "u1"}], "companies": [{"company_id": "g1"}]}).encode()

    report = report_of(identify("u1"), identify("u2"), group("u2", "g1"), group("u2", "g2"), state=state)

    assert (report.created.people, report.created.companies) == (1, 1)
    assert (report.updated.people, report.updated.companies) == (1, 1)
    assert (report.created.first_people, report.updated.first_people) == (["u2"], ["u1"])


def test_associations_are_counted_by_row_of_the_table(report_of):
    gone = {"company": {"id": "g1", "remove": True}}
    report = report_of(
        group("u1", "g1"),
        group("u2", "g1"),
        group("u2", "g2"),
        group("u1", "g2"),
        identify("u1", context={"traits": gone}),
    )

    assert (report.linked, report.unlinked) == (4, 1)
    rows = {row.row: (row.added, row.removed) for row in report.association_rows}
    assert rows == {
        "no-no": (1, 0),
        "no-yes": (1, 0),
        "yes-no": (1, 0),
        "yes-yes": (1, 0),
        "identify": (0, 1),
    }


def test_events_of_unknown_people_are_counted(report_of):
    report = report_of(identify("u1"), track("u1"), track("u2"), track("u3"))

    assert [(one.names, one.count) for one in report.unknown_people] == [("person", 2)]


def test_new_custom_fields_have_their_types_and_conflicts(report_of):
    state = json.dumps({"custom_fields": {"people": {"known": "Number"}}}).encode()
    traits = [{"seat": 1, "known": 5}, {"seat": "a", "known": True}, {"seat": 2}]

    report = report_of(*(identify("u1", traits=one) for one in traits), state=state)

    found = {one.name: (one.kind, one.type, one.is_new, one.conflicts) for one in report.custom_fields}
    assert found == {
        "seat": ("people", "Number", True, {"String": 1}),
        "known": ("people", "Number", False, {"Boolean": 1}),
    }


def test_values_beyond_the_limits_are_counted(report_of):
    report = report_of(identify("u1", traits={"note": "x" * 300}), identify("u1", traits={"n": 2**40}))

    assert [one.reason for one in report.beyond_limits] == [
        "custom_attributes.n must be a whole number from -2147483648 to 2147483647",
        "custom_attributes.note must have at most 255 characters",
    ]


@pytest.mark.parametrize(
    ("value", "looks"),
    [
        ("ada@example.com", "email"),
        ("call ada@example.com", "email"),
        ("+44 20 7946 0001", "phone"),
        ("(030) 123-4567", "phone"),
        ("4111111111111111", "long number"),
        ("id 123456789", "long number"),
        ("2026-01-31", ""),
        ("2026-01-31T12:00:00.000Z", ""),
        ("12.50", ""),
        ("@home", ""),
        ("12345", ""),
        (12345, ""),
        (True, ""),
    ],
)
def test_personal_data_is_counted_by_field_and_never_shown(report_of, value, looks):
    report = report_of(identify("u1", traits={"note": value}))

    assert [(one.name, one.looks_like, one.count) for one in report.personal_data] == (
        [("note", looks, 1)] if looks else []
    )


def test_repeated_message_ids_are_counted(report_of):
    messages = [identify("u1", messageId=one) for one in ("a", "b", "a", "a", "c")]

    assert report_of(*messages, identify("u1"), identify("u1")).duplicates == 2


def test_conflicting_writes_of_different_users_to_a_company_are_a_race(report_of):
    report = report_of(group("u1", "g1", plan="Pro", size=5), group("u2", "g1", plan="Free", size=5))

    (race,) = report.races
    assert (race.company_id, race.field, race.values, race.users) == (
        "g1",
        "plan",
        ["Pro", "Free"],
        ["u1", "u2"],
    )
    assert race.seconds_apart == 0


def test_one_user_who_changes_a_company_is_no_race(report_of):
    assert report_of(group("u1", "g1", plan="Pro"), group("u1", "g1", plan="Free")).races == []


def test_calls_are_counted_as_they_would_be_sent(report_of):
    report = report_of(group("u1", "g1"), identify("u1"), track("u1"), group("u1", "g1", size=1.5))

    assert report.calls_by_kind == {"people": 2, "company": 2, "event": 1}
    assert report.calls == 5


@pytest.mark.parametrize("count", [50, 500, 2500])
def test_the_time_is_that_of_a_delivery_with_the_rate_limit_on(tmp_path, count):
    messages = shop(count)
    app = create_app(Store())
    with app.store.open(KEY) as workspace:
        workspace.rate_limit = RateLimit(CUSTIFY)
        workspace.clock.frozen = begun = datetime.fromisoformat("2026-01-01T00:00:00Z")
    for message in messages:
        send_with_waits(app, message)
    with app.store.open(KEY) as workspace:
        taken = (workspace.clock.now() - begun).total_seconds()

    estimate = replay(write_lines(tmp_path / "a", messages), config=CONFIG).seconds_at_rate

    assert estimate == pytest.approx(taken, rel=0.05)


def send_with_waits(app, message):
    """Deliver a message; wait by the clock of the workspace when the rate limit says so."""
    try:
        requests = transform(message, Destination.from_config(CONFIG))
    except Exception:  # noqa: BLE001 - whatever is refused is not sent
        return
    for request in requests:
        answer = deliver(app, request)
        while answer.status == 429:
            with app.store.open(KEY) as workspace:
                workspace.clock.frozen += timedelta(seconds=int(answer.headers["Retry-After"]))
            answer = deliver(app, request)
        if answer.status not in (200, 202):
            return


def test_a_margin_leaves_a_part_of_the_rate_to_live_traffic(report_of):
    report = report_of(*(identify(f"u{n}") for n in range(200)), rate="10/1", margin=0.5)

    assert (report.seconds_at_rate, report.seconds_with_margin) == (19, 39)


@pytest.mark.parametrize("rate", ["", "0/10", "x", "10/0", "10/nan"])
def test_a_rate_that_is_none_is_refused(report_of, rate):
    with pytest.raises(ReplayError, match="expected CALLS/SECONDS"):
        report_of(identify("u1"), rate=rate)


def test_an_archive_without_a_message_is_refused(tmp_path):
    with pytest.raises(UnreadableArchiveError, match="there are no files in it"):
        replay(tmp_path)


def test_a_wrong_state_names_its_entry(report_of):
    with pytest.raises(ReplayError, match=r"people\[0\]: each person of a state needs"):
        report_of(identify("u1"), state=b'{"people": [{}]}')


def test_a_file_that_is_no_state_is_refused(report_of):
    with pytest.raises(ReplayError, match="the state has no list such as people"):
        report_of(identify("u1"), state=b'{"version": 1, "workspaces": {}}')


def test_rebuilt_messages_are_counted(tmp_path):
    row = {"metadata": {"table": "identifies"}, "data": {"id": "m1", "user_id": "u1"}}

    report = replay(write_lines(tmp_path / "a", [row]))

    assert (report.archive.rebuilt, report.archive.layouts) == (1, {"warehouse staging": 1})


def test_a_message_that_cannot_be_read_as_an_object_is_refused(report_of):
    report = report_of(identify("u1"), [None, "x"])

    assert (report.messages, report.refused) == (3, 2)


def test_the_report_is_json_also_with_a_number_that_json_has_not(tmp_path):
    archive = tmp_path / "a"
    archive.write_text('{"type": "identify", "traits": {"x": 1e400}}')

    found = json.loads(replay(archive).to_json())

    wanted = (
        "messages delivered refused ignored unreadable calls seconds_at_rate created updated linked unlinked"
    )
    assert set(wanted.split()) <= set(found)
    assert found["refusals"][0]["example"]["traits"] == {"x": None}
    assert "difference" not in found
