"""What happens to a message between the gateway and Custify: additions, times, filters, deduplication."""

import time

import pytest

from mock_custify.dataplane.times import moment, written
from support.dataplane import Source

NOW = "2026-11-23T19:00:10.500Z"
TRACK = {"type": "track", "userId": "u1", "event": "E"}


@pytest.fixture
def source():
    """A source whose workspace stands still in time and knows the person of TRACK."""
    found = Source()
    found.control("PUT", "/_mock/clock", json={"freeze": NOW})
    found.know("u1")
    return found


@pytest.fixture
def tokyo(monkeypatch):
    with monkeypatch.context() as away:
        away.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


def processed(source, message, headers=None):
    source.post("/v1/batch", {"batch": [{**TRACK, **message}]}, headers)
    return source.delivery()["processed"]


def fate(source, message):
    source.send({**TRACK, **message})
    found = source.delivery()
    return found["status"], found["code"], found["reason"]


NOT_SELECTED = ("filtered", 298, "the message's integrations leave Custify out")
DENIED = ("filtered", 298, "the person denied a consent that the destination asks for")
DELIVERED = ("delivered", 200, "")


@pytest.mark.parametrize(
    ("user_id", "anonymous_id", "rudder_id"),
    [
        ("u1", "anon-1", "87ddf0d7-552d-4211-b0d2-7cbe901fa913"),
        (None, "anon-1", "e2a29aab-4b74-4f7e-a159-8c583fcadcec"),
        ("u1", "", "5eff0fc3-0944-48fa-9c04-38f62e3890ca"),
        (0, None, "9a1c7ee2-c7ce-48d4-bbba-f29ab9f2ac1e"),
        (False, 0, "4c5b2ba4-0c7f-428f-b8d4-04a44ce6bc03"),
        (" u1 ", 7, "1df2690b-6b7e-46ba-a7a8-9b2a51135687"),
    ],
)
def test_the_rudder_id_is_made_from_both_ids(source, user_id, anonymous_id, rudder_id):
    found = processed(source, {"userId": user_id, "anonymousId": anonymous_id})

    assert found["rudderId"] == rudder_id


def test_each_message_without_an_id_gets_one_of_its_own(source):
    source.send(TRACK, TRACK)

    assert len({found["messageId"] for found in source.deliveries()}) == 2


@pytest.mark.parametrize("given", [None, "", " \u200b ", 7, {"a": 1}])
def test_a_message_without_a_usable_message_id_gets_one(source, given):
    found = processed(source, {"messageId": given})

    assert len(found["messageId"]) == 36


def test_a_message_id_is_kept_without_what_cannot_be_seen(source):
    found = processed(source, {"messageId": " m\u200b1 "})

    assert found["messageId"] == "m1"


def test_the_first_forwarded_address_is_where_a_message_comes_from(source):
    source.client.environ_base["HTTP_X_FORWARDED_FOR"] = "192.0.2.7, 10.0.0.1"

    found = processed(source, {})

    assert found["request_ip"] == "192.0.2.7"


def test_what_the_message_says_about_its_address_and_arrival_stands(source):
    found = processed(source, {"request_ip": "192.0.2.9"})

    assert found["request_ip"] == "192.0.2.9"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2026-11-23T19:07:37.789546+00:00", "2026-11-23T19:07:37.789Z"),
        ("2026-11-23T19:07:37.789999Z", "2026-11-23T19:07:37.789Z"),
        ("2026-11-23T19:07:37.1+05:30", "2026-11-23T19:07:37.100+05:30"),
        ("2026-11-23 19:07", "2026-11-23T19:07:00.000Z"),
        ("2026-11-23", "2026-11-23T00:00:00.000Z"),
        ("1795460857", "2026-11-23T19:07:37.000Z"),
        ("2000000000", "2033-05-18T03:33:20.000Z"),
        ("0999999999", "2001-09-09T01:46:39.000Z"),
        ("2026-11-23T19:07:37.1-05:30", "2026-11-23T19:07:37.100-05:30"),
        ("1795460857789", "2026-11-23T19:07:37.789Z"),
        ("Mon, 23 Nov 2026 19:07:37 +0000", "2026-11-23T19:07:37.000Z"),
    ],
)
def test_a_timestamp_that_can_be_read_is_kept_with_milliseconds(source, given, shown):
    found = processed(source, {"timestamp": given})

    assert found["timestamp"] == shown


@pytest.mark.parametrize("given", [None, "", "yesterday", 5, {"a": 1}, "99999999999999999", "2026-13-01"])
def test_a_timestamp_that_cannot_be_read_is_the_arrival(source, given):
    found = processed(source, {"timestamp": given})

    assert found["timestamp"] == NOW


def test_a_missing_timestamp_is_the_arrival_less_the_time_on_the_client(source):
    found = processed(
        source, {"originalTimestamp": "2020-01-01T00:00:00.000Z", "sentAt": "2020-01-01T00:00:02.250Z"}
    )

    assert found["timestamp"] == "2026-11-23T19:00:08.250Z"


def test_a_client_whose_clock_went_back_sent_its_message_from_the_future(source):
    found = processed(
        source, {"originalTimestamp": "2020-01-01T00:00:02.250Z", "sentAt": "2020-01-01T00:00:00.000Z"}
    )

    assert found["timestamp"] == "2026-11-23T19:00:12.750Z"


def test_without_a_time_of_sending_a_message_happened_at_its_original_time(source):
    found = processed(source, {"originalTimestamp": "2020-01-01T00:00:00.000Z"})

    assert found["timestamp"] == "2020-01-01T00:00:00.000Z"


@pytest.mark.usefixtures("tokyo")
def test_a_time_without_a_zone_is_utc_wherever_the_server_stands(source):
    found = processed(source, {"timestamp": "2026-11-23T19:07:37"})

    assert found["timestamp"] == "2026-11-23T19:07:37.000Z"


def test_a_message_from_a_warehouse_source_happened_when_its_source_says(source):
    source.send({**TRACK, "channel": "sources", "properties": {"timestamp": "2020-01-01"}})

    assert source.delivery()["requests"][0]["body"]["created_at"] == "2020-01-01"


def test_all_four_times_are_rewritten(source):
    found = processed(
        source, {"sentAt": "never", "receivedAt": "2020-01-01T00:00:00Z", "timestamp": "2024-05-06"}
    )

    times = [found[name] for name in ("originalTimestamp", "sentAt", "timestamp", "receivedAt")]
    assert times == [NOW, NOW, "2024-05-06T00:00:00.000Z", NOW]


def test_a_time_that_the_clock_cannot_hold_is_the_arrival(source):
    found = processed(source, {"originalTimestamp": "0001-01-01", "sentAt": "9999-12-31"})

    assert found["timestamp"] == NOW


def test_a_moment_survives_being_written():
    text = "2026-11-23T19:07:37.789Z"

    assert written(moment(text)) == text


@pytest.mark.parametrize(
    "integrations",
    [
        {},
        {"All": True},
        {"All": False, "Custify": True},
        {"All": False, "Custify": {"a": 1}},
        {"All": False, "Custify": {}},
        {"CUSTIFY": False},
        {"custify": False},
    ],
)
def test_integrations_that_let_custify_have_the_message(source, integrations):
    assert fate(source, {"integrations": integrations}) == DELIVERED


@pytest.mark.parametrize(
    "integrations",
    [{"All": False}, {"Custify": False}, {"All": "true"}, {"All": None, "Custify": True}, [], "All", None],
)
def test_integrations_that_leave_custify_out(source, integrations):
    assert fate(source, {"integrations": integrations}) == NOT_SELECTED


@pytest.mark.parametrize("kind", ["page", "screen", "alias", "merge", "Page"])
def test_types_that_custify_does_not_take_are_filtered(source, kind):
    assert fate(source, {"type": kind}) == ("filtered", 298, "Message type not supported")


@pytest.mark.parametrize("kind", ["Track", " TRACK "])
def test_blanks_and_case_of_a_type_do_not_matter(source, kind):
    assert fate(source, {"type": kind}) == DELIVERED


@pytest.mark.parametrize("kind", [None, 5, {}])
def test_a_message_without_a_type_is_refused_on_its_own(source, kind):
    answer = source.send({**TRACK, "type": kind}, TRACK)

    found = [(delivery["status"], delivery["reason"]) for delivery in source.deliveries()]
    assert answer.status_code == 200
    assert found == [("refused", "Invalid message type. Type assertion failed"), ("delivered", "")]


def consent(provider, *denied, **more):
    return {"context": {"consentManagement": {"provider": provider, "deniedConsentIds": denied, **more}}}


def managed(provider, *wanted, **more):
    return [{"provider": provider, "consents": [{"consent": name} for name in wanted], **more}]


def test_one_denied_consent_keeps_a_message_back(source):
    source.configure(Config={"consentManagement": managed("iubenda", "a", "b")})

    assert fate(source, consent("iubenda", "a")) == DENIED


def test_with_the_strategy_or_one_given_consent_is_enough(source):
    source.configure(Config={"consentManagement": {"web": managed("iubenda", "a", "b")}})

    fates = [fate(source, consent("iubenda", *denied, resolutionStrategy="or")) for denied in ("a", "ab")]

    assert fates == [DELIVERED, DENIED]


def test_the_strategy_of_a_custom_provider_is_the_destinations(source):
    source.configure(Config={"consentManagement": managed("custom", "a", "b", resolutionStrategy="or")})

    assert fate(source, consent("custom", "a", resolutionStrategy="and")) == DELIVERED


def test_with_the_strategy_or_consents_that_nobody_asks_for_may_be_denied_too(source):
    source.configure(Config={"consentManagement": managed("iubenda", "a", "b")})

    assert fate(source, consent("iubenda", "a", "b", "c", resolutionStrategy="or")) == DENIED


@pytest.mark.parametrize("kind", ["amp", "cloud", "web"])
def test_the_consents_of_every_type_of_source_count_together(source, kind):
    sources = {"amp": [], "cloud": [], "web": [], kind: managed("iubenda", "a")}
    source.configure(Config={"consentManagement": sources})

    assert fate(source, consent("iubenda", "a")) == DENIED


def test_consents_without_a_provider_are_those_of_onetrust(source):
    source.configure(Config={"consentManagement": [{"consents": [{"consent": "a"}]}]})

    fates = [fate(source, consent(provider, "a")) for provider in ("oneTrust", "iubenda", None)]

    assert fates == [DENIED, DELIVERED, DELIVERED]


def test_the_older_consent_settings_do_not_count_beside_those_of_the_messages_provider(source):
    older = [{"oneTrustCookieCategory": "b"}]
    source.configure(
        Config={"consentManagement": managed("oneTrust", "a"), "oneTrustCookieCategories": older}
    )

    assert fate(source, consent("oneTrust", "b")) == DELIVERED


def test_the_consents_of_another_provider_do_not_count(source):
    source.configure(Config={"consentManagement": managed("ketch", "a")})

    assert fate(source, consent("iubenda", "a")) == DELIVERED


def test_one_denied_cookie_category_keeps_a_message_back(source):
    categories = [{"oneTrustCookieCategory": "C1"}, {"oneTrustCookieCategory": "C2"}]
    source.configure(Config={"oneTrustCookieCategories": {"web": categories}})

    assert fate(source, consent("oneTrust", "C2")) == DENIED


def test_only_all_denied_purposes_keep_a_message_back(source):
    source.configure(Config={"ketchConsentPurposes": [{"purpose": "a"}, {"purpose": "b"}]})

    fates = [fate(source, consent("ketch", *denied)) for denied in ("a", "ab")]

    assert fates == [DELIVERED, DENIED]


def test_purposes_that_nobody_asks_for_may_be_denied_too(source):
    source.configure(Config={"ketchConsentPurposes": [{"purpose": "a"}]})

    assert fate(source, consent("ketch", "a", "b")) == DENIED


@pytest.mark.parametrize("about", [None, 5, {"deniedConsentIds": "a"}, {"deniedConsentIds": [None, ""]}])
def test_what_denies_nothing_keeps_no_message_back(source, about):
    source.configure(Config={"oneTrustCookieCategories": [{"oneTrustCookieCategory": "a"}]})

    assert fate(source, {"context": {"consentManagement": about}}) == DELIVERED


def test_a_repeated_message_counts_twice_as_it_does_in_production(source):
    source.send({**TRACK, "messageId": "m1"}, {**TRACK, "messageId": "m1"})

    assert len(source.state()["events"]) == 2


def test_a_repeated_message_counts_once_when_that_is_switched_on(source):
    source.configure(deduplicate=True)

    source.send({**TRACK, "messageId": "m1"}, {**TRACK, "messageId": "m1"})
    source.send({**TRACK, "messageId": "m1"}, {**TRACK, "messageId": "m2"})

    assert [delivery["status"] for delivery in source.deliveries()] == [
        "delivered",
        "filtered",
        "filtered",
        "delivered",
    ]


def test_a_message_that_a_filter_stopped_has_come_all_the_same(source):
    source.configure(deduplicate=True)
    source.send({**TRACK, "messageId": "m1", "integrations": {"All": False}})

    found = fate(source, {"messageId": "m1"})

    assert found == ("filtered", 298, "a message with this messageId has come before")


@pytest.mark.parametrize("other", [{"userId": "u2"}, {"event": "F"}, {"type": "page"}, {"anonymousId": "a2"}])
def test_the_message_id_alone_makes_a_message_a_repeated_one(source, other):
    source.configure(deduplicate=True)
    source.send({**TRACK, "messageId": "m1"})

    found = fate(source, {"messageId": "m1", **other})

    assert found == ("filtered", 298, "a message with this messageId has come before")


def test_message_ids_that_differ_in_case_are_two(source):
    source.configure(deduplicate=True)
    source.send({**TRACK, "messageId": "m1"})

    assert fate(source, {"messageId": "M1"}) == DELIVERED


def test_another_run_of_a_job_may_repeat_a_message(source):
    source.configure(deduplicate=True)

    source.send({**TRACK, "messageId": "m1"})

    assert fate(source, {"messageId": "m1", "context": {"sources": {"job_run_id": "r2"}}}) == DELIVERED


def test_a_message_may_come_again_after_an_hour(source):
    source.configure(deduplicate=True)
    source.send({**TRACK, "messageId": "m1"})

    source.control("PUT", "/_mock/clock", json={"freeze": "2026-11-23T20:00:11.000Z"})

    assert fate(source, {"messageId": "m1"}) == DELIVERED


def test_forgetting_the_deliveries_forgets_what_came_before(source):
    source.configure(deduplicate=True)
    source.send({**TRACK, "messageId": "m1"})

    source.control("DELETE", "/_mock/deliveries")

    assert fate(source, {"messageId": "m1"}) == DELIVERED


def test_a_setting_may_come_from_the_message(source):
    source.configure(
        Config={"enablededuplication": True, "deduplicationField": "{{ message.by || messageId }}"}
    )

    source.send({**TRACK, "by": "properties.order", "properties": {"order": "o1"}})

    assert source.state()["events"][0]["deduplication_id"] == "o1"


def test_a_template_anywhere_in_the_settings_takes_its_value_out_of_the_message(source):
    source.configure(Config={"consentManagement": {"web": [" {{ message.properties.plan || x }}"]}})

    source.send({**TRACK, "properties": {"plan": "pro", "size": 1}})

    assert source.delivery()["requests"][0]["body"]["metadata"] == {"size": 1}


def test_a_refused_message_says_why(source):
    assert fate(source, {"userId": None, "anonymousId": "a1"}) == (
        "refused",
        400,
        "Email or userId is mandatory",
    )


def test_the_anonymous_id_stands_in_when_the_destination_says_so(source):
    source.configure(Config={"sendAnonymousId": True})
    source.know("a1")

    assert fate(source, {"userId": None, "anonymousId": "a1"}) == DELIVERED
