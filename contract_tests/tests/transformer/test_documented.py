"""The profile `documented`: every row and sentence of the page, and messages of real SDKs."""

import json
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custify_transformer import (
    ConfigurationError,
    Destination,
    InstrumentationError,
    TransformError,
    transform,
)
from custify_transformer.javascript import UNDEFINED
from support.paths import CASES

CAPTURED = json.loads((CASES / "captured.json").read_text(encoding="utf-8"))
ACCEPTED = [
    pytest.param(case, id=f"{case['source']}-{at}") for at, case in enumerate(CAPTURED) if "error" not in case
]
NOBODY = [
    pytest.param(case, id=f"{case['source']}-{at}") for at, case in enumerate(CAPTURED) if "error" in case
]
KEY = Destination("key")
FALLBACK = Destination("key", send_anonymous_id=True)
PERSON = {"type": "identify", "userId": "u1"}
EVENT = {"type": "track", "userId": "u1", "event": "Order Completed", "timestamp": "2026-01-31"}
GROUP = {"type": "group", "userId": "u1", "groupId": "g1"}


def bodies(message, destination=KEY):
    """Return endpoints and bodies of the requests."""
    requests = transform(message, destination)
    return [[request.endpoint.rpartition("/")[2], request.body] for request in requests]


def body(message, destination=KEY):
    """Return the body of the last request."""
    return transform(message, destination)[-1].body


def written(value):
    """Return JSON text with types, keys sorted."""
    return json.dumps(value, sort_keys=True)


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_a_real_sdk_sent_becomes_its_requests(case):
    found = bodies(case["message"])

    assert written(found) == written(case["requests"])


@pytest.mark.parametrize("case", NOBODY)
def test_what_a_real_sdk_sent_of_nobody_is_refused(case):
    with pytest.raises(InstrumentationError, match=r"^Email or userId is mandatory$"):
        transform(case["message"], KEY)


def test_a_request_carries_key_and_type():
    (request,) = transform(PERSON, KEY)

    assert request.to_json() == {
        "method": "POST",
        "endpoint": "https://api.custify.com/people",
        "headers": {
            "Content-Type": "application/json",
            "Authorization": "Bearer key",
            "Accept": "application/json",
        },
        "params": {},
        "body": {"user_id": "u1"},
    }


PERSON_ROWS = [
    ("email", "a@example.com", "email"),
    ("phone", "1", "phone"),
    ("sessionCount", 0, "session_count"),
    ("unsubscribedFromEmails", False, "unsubscribed_from_emails"),
    ("unsubscribedFromCalls", True, "unsubscribed_from_calls"),
    ("name", "Ann", "name"),
    ("signedUpAt", "2024-05-06", "signed_up_at"),
]


@pytest.mark.parametrize(("trait", "value", "field"), PERSON_ROWS)
def test_a_trait_fills_its_field_and_no_custom_attribute(trait, value, field):
    found = body({**PERSON, "traits": {trait: value}})

    assert written(found) == written({"user_id": "u1", field: value})


@pytest.mark.parametrize(("trait", "value", "field"), PERSON_ROWS)
def test_a_trait_of_the_context_fills_its_field_when_the_first_place_is_empty(trait, value, field):
    found = body({**PERSON, "traits": {trait: ""}, "context": {"traits": {trait: value}}})

    assert written(found) == written({"user_id": "u1", field: value})


@pytest.mark.parametrize(("trait", "value", "field"), PERSON_ROWS)
def test_the_person_of_a_group_stands_in_the_context(trait, value, field):
    found = body({**GROUP, "context": {"traits": {trait: value}}})

    linked = {"user_id": "u1", "companies": [{"company_id": "g1", "remove": False}]}
    assert written(found) == written({**linked, field: value})


@pytest.mark.parametrize(
    ("trait", "value", "field"),
    [
        ("name", "Tech", "name"),
        ("industry", "IT", "industry"),
        ("size", 150, "size"),
        ("website", "w", "website"),
        ("url", "u", "website"),
        ("plan", "Pro", "plan"),
        ("monthlyRevenue", 0, "monthly_revenue"),
        ("mrr", 9.5, "monthly_revenue"),
        ("churned", False, "churned"),
    ],
)
def test_a_trait_of_a_group_fills_the_company(trait, value, field):
    company, _person = bodies({**GROUP, "traits": {trait: value}})

    assert written(company) == written(["company", {"company_id": "g1", field: value}])


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({"timestamp": "t", "originalTimestamp": "o"}, "t"),
        ({"originalTimestamp": "o"}, "o"),
        ({"timestamp": None, "originalTimestamp": "o"}, "o"),
    ],
)
def test_the_time_of_a_message_is_sign_up_and_creation(times, expected):
    person, event = body(PERSON | times), body(EVENT | {"timestamp": None} | times)

    assert (person["signed_up_at"], event["created_at"]) == (expected, expected)


def test_a_group_does_not_move_the_sign_up():
    assert "signed_up_at" not in body({**GROUP, "timestamp": "t"})


def test_unmapped_scalars_of_both_places_are_custom_attributes():
    traits = {
        "plan": "Pro",
        "seats": 0,
        "trial": False,
        "note": "",
        "list": [1],
        "object": {},
        "nothing": None,
    }

    found = body({**PERSON, "traits": traits, "context": {"traits": {"plan": "old", "country": "USA"}}})

    expected = {"plan": "Pro", "seats": 0, "trial": False, "note": "", "country": "USA"}
    assert written(found["custom_attributes"]) == written(expected)


@pytest.mark.parametrize("given", [0, False, ""])
def test_a_trait_wins_over_a_remembered_one_although_it_is_zero_false_or_empty(given):
    found = body({**PERSON, "traits": {"seats": given}, "context": {"traits": {"seats": 5}}})

    assert written(found["custom_attributes"]) == written({"seats": given})


@pytest.mark.parametrize("given", [None, {}, [1], float("inf")])
def test_a_trait_that_is_no_value_leaves_the_remembered_one(given):
    found = body({**PERSON, "traits": {"seats": given}, "context": {"traits": {"seats": 5}}})

    assert found["custom_attributes"] == {"seats": 5}


@pytest.mark.parametrize("infinite", [float("inf"), float("-inf")])
def test_what_is_infinite_is_left_out(infinite):
    found = bodies(
        {**GROUP, "traits": {"a": infinite, "size": infinite}, "context": {"traits": {"b": infinite}}}
    )

    linked = {"user_id": "u1", "companies": [{"company_id": "g1", "remove": False}]}
    assert found == [["company", {"company_id": "g1"}], ["people", linked]]


def test_a_company_keeps_its_unmapped_scalars():
    traits = {"city": "Berlin", "employees": 0, "trial": False, "createdAt": "", "tags": ["a"], "none": None}

    company, _person = bodies({**GROUP, "traits": traits})

    kept = {"city": "Berlin", "employees": 0, "trial": False, "createdAt": ""}
    assert written(company[1]["custom_attributes"]) == written(kept)


@pytest.mark.parametrize(
    ("traits", "name"),
    [
        ({"firstName": "Alex", "lastName": "Keener"}, "Alex Keener"),
        ({"first_name": "Alex"}, "Alex"),
        ({"lastname": "Keener"}, "Keener"),
        ({"name": "A", "firstName": "B"}, "A"),
        ({"name": " ", "firstName": "B"}, " "),
        ({"name": "", "firstName": "B", "lastName": " "}, "B"),
    ],
)
def test_a_name_falls_back_to_its_parts(traits, name):
    assert body({**PERSON, "traits": traits})["name"] == name


@pytest.mark.parametrize("place", ["traits", "context"])
@pytest.mark.parametrize(
    ("given", "remove"), [({"remove": True}, True), ({"remove": False}, False), ({}, False)]
)
def test_a_company_in_the_traits_is_left_with_remove_and_joined_without(place, given, remove):
    traits = {"company": {"id": "c1", **given}}
    holder = {"traits": traits} if place == "traits" else {"context": {"traits": traits}}

    assert body(PERSON | holder)["companies"] == [{"company_id": "c1", "remove": remove}]


def test_a_group_is_the_company_and_then_the_person_linked_to_it_alone():
    context = {"traits": {"company": {"id": "c1", "remove": True}}}

    found = bodies({**GROUP, "context": context})

    linked = {"user_id": "u1", "companies": [{"company_id": "g1", "remove": False}]}
    assert found == [["company", {"company_id": "g1"}], ["people", linked]]


def test_the_sample_of_the_page_gives_company_and_person():
    company = {"name": "Tech Group", "size": 150, "plan": "Pro"}
    person = {"name": "Alex Keener", "email": "alex@example.com"}

    found = bodies({**GROUP, "traits": {"traits": company, "context": {"traits": person}}})

    linked = {"user_id": "u1", **person, "companies": [{"company_id": "g1", "remove": False}]}
    assert written(found) == written([["company", {"company_id": "g1", **company}], ["people", linked]])


@pytest.mark.parametrize("named", [{"messageId": "m1"}, {"traits": {"name": "Tech"}}])
def test_a_retry_of_a_group_without_id_names_the_same_new_company(named):
    message = {"type": "group", "userId": "u1", **named}

    first, again = (bodies({**message, "sentAt": time, "timestamp": time}) for time in ("t1", "t2"))

    assert first == again
    assert first[0][1]["company_id"] == first[1][1]["companies"][0]["company_id"]


def test_other_groups_without_id_are_other_companies():
    message = {"type": "group", "userId": "u1"}

    names = {bodies({**message, "messageId": name})[0][1]["company_id"] for name in ("m1", "m2")}

    assert len(names) == 2


def test_the_properties_of_a_track_are_its_metadata():
    properties = {
        "value": 0,
        "paid": False,
        "label": "x",
        "coupon": "",
        "items": [1],
        "more": {},
        "none": None,
    }

    found = body({**EVENT, "properties": properties})

    expected = {"value": 0, "paid": False, "label": "x", "coupon": ""}
    assert written(found["metadata"]) == written(expected)


@pytest.mark.parametrize("name", ["organization_id", "company_id", "companyId"])
def test_a_property_names_the_company_of_an_event(name):
    assert body({**EVENT, "properties": {name: 7}})["company_id"] == "7"


@pytest.mark.parametrize(
    "place",
    [
        {"email": "e"},
        {"properties": {"email": "e"}},
        {"traits": {"email": "e"}},
        {"context": {"traits": {"email": "e"}}},
    ],
)
def test_the_email_of_a_track_may_stand_anywhere(place):
    found = body({"type": "track", "event": "x", "timestamp": "2026-01-31", **place})

    assert (found["email"], "user_id" in found) == ("e", False)


@pytest.mark.parametrize(
    ("field", "expected"),
    [("order", "o1"), ("properties.order", "o1"), ("number", "5"), ("absent", "m1")],
)
def test_a_deduplicating_destination_names_the_event(field, expected):
    destination = Destination("key", enable_deduplication=True, deduplication_field=field)
    message = {**EVENT, "messageId": "m1", "properties": {"order": "o1", "number": 5}}

    assert body(message, destination)["deduplication_id"] == expected


@pytest.mark.parametrize("field", [None, "", UNDEFINED])
def test_without_a_field_the_message_id_names_the_event(field):
    destination = Destination("key", enable_deduplication=True, deduplication_field=field)

    assert body({**EVENT, "messageId": "m1"}, destination)["deduplication_id"] == "m1"


@pytest.mark.parametrize(("switch", "sent"), [(True, True), ("true", True), ("TRUE", False), (1, False)])
def test_a_switch_is_on_when_it_is_true_or_spells_it(switch, sent):
    found = body({**EVENT, "messageId": "m1"}, Destination("key", enable_deduplication=switch))

    assert ("deduplication_id" in found) is sent


def test_a_destination_that_does_not_deduplicate_sends_no_such_id():
    assert "deduplication_id" not in body({**EVENT, "messageId": "m1"})


@pytest.mark.parametrize(
    ("given", "sent"), [(42, "42"), (0, "0"), (1.0, "1"), (2**60, "1152921504606847000")]
)
def test_numbers_are_ids_as_text(given, sent):
    found = bodies({"type": "group", "userId": given, "groupId": given})

    assert (found[0][1]["company_id"], found[1][1]["user_id"]) == (sent, sent)


def test_the_texts_of_a_person_travel_as_they_were_written():
    traits = {
        "email": " A@Example.com ",
        "name": " Ann ",
        "signedUpAt": "2024-05-06T00:00:00.000Z",
        "n": "1.0",
    }

    found = body({"type": "identify", "userId": " U1 ", "traits": traits})

    mapped = {"email": " A@Example.com ", "name": " Ann ", "signed_up_at": "2024-05-06T00:00:00.000Z"}
    assert found == {"user_id": " U1 ", **mapped, "custom_attributes": {"n": "1.0"}}


def test_the_texts_of_an_event_travel_as_they_were_written():
    times = {"timestamp": "2024-05-06T00:00:00.000+00:00"}

    found = body({**EVENT, **times, "event": " Paid ", "properties": {"company_id": " C1 "}})

    assert (found["name"], found["created_at"]) == (" Paid ", "2024-05-06T00:00:00.000+00:00")
    assert (found["company_id"], found["metadata"]) == (" C1 ", {"company_id": " C1 "})


@pytest.mark.parametrize("value", [1.0, 2, 1.5, True, "2"])
def test_a_number_in_a_field_stays_the_number_it_is(value):
    found = body({**PERSON, "traits": {"sessionCount": value, "seats": value}})

    assert written([found["session_count"], found["custom_attributes"]]) == written([value, {"seats": value}])


@pytest.mark.parametrize("odd", [5, True, {}, ["e"], " ", ""])
def test_an_email_is_text_that_is_not_blank(odd):
    found = body({**PERSON, "traits": {"email": odd}, "context": {"traits": {"email": "e"}}})

    assert found == {"user_id": "u1", "email": "e"}


@pytest.mark.parametrize("odd", [True, False, " ", "", None, [], {}, ["u1"], float("inf"), float("-inf")])
def test_what_is_no_id_gives_way_to_the_next_place(odd):
    found = body({"type": "identify", "userId": odd, "traits": {"userId": "u2"}})

    assert found == {"user_id": "u2"}


@pytest.mark.parametrize("kind", ["identify", "track", "group"])
def test_anonymous_id_stands_in_when_the_setting_is_on(kind):
    message = {"type": kind, "anonymousId": "a1", "event": "x", "groupId": "g1", "timestamp": "2026-01-31"}

    assert body(message, FALLBACK)["user_id"] == "a1"


@pytest.mark.parametrize(("given", "sent"), [(42, "42"), (0, "0"), (1.0, "1")])
def test_an_anonymous_id_may_be_a_number(given, sent):
    assert body({"type": "identify", "anonymousId": given}, FALLBACK)["user_id"] == sent


@pytest.mark.parametrize("odd", [True, False, " ", "", None, [], {}, ["a1"], float("inf")])
def test_what_is_no_id_is_no_anonymous_id_either(odd):
    message = {"type": "identify", "anonymousId": odd, "traits": {"email": "a@example.com"}}

    assert body(message, FALLBACK) == {"email": "a@example.com"}


@pytest.mark.parametrize("kind", ["identify", "track", "group"])
@pytest.mark.parametrize("setting", [False, None, "false", 0])
def test_who_is_only_anonymous_is_refused_when_the_setting_is_off(kind, setting):
    message = {"type": kind, "anonymousId": "a1", "event": "x", "groupId": "g1"}

    with pytest.raises(InstrumentationError, match=r"^Email or userId is mandatory$") as refusal:
        transform(message, Destination("key", send_anonymous_id=setting))

    assert refusal.value.requests == ()


def test_a_user_id_comes_before_the_anonymous_one():
    assert body({**PERSON, "anonymousId": "a1"}, FALLBACK)["user_id"] == "u1"


@pytest.mark.parametrize("key", [None, "", " ", 5, "a\nb", "key\n", "\tkey", "k\x7f", "ä"])
def test_a_destination_without_a_key_that_can_be_sent_is_refused(key):
    with pytest.raises(ConfigurationError, match="apiKey") as refusal:
        transform(PERSON, Destination(key))

    assert (refusal.value.kind, refusal.value.status) == ("configuration", 400)


def test_a_destination_without_settings_is_refused():
    with pytest.raises(ConfigurationError, match="apiKey is mandatory"):
        transform(PERSON, Destination.from_config({}))


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ([], "The message is not a JSON object"),
        (None, "The message is not a JSON object"),
        ({}, "Message Type is not present. Ignoring message."),
        ({"type": ""}, "Message Type is not present. Ignoring message."),
        ({"type": ["identify"]}, "Message type must be text: identify, track or group"),
        ({"type": "page"}, "Message type page is not supported: send identify, track or group"),
        ({"type": "track", "userId": "u1"}, 'Missing required value from "event"'),
        ({"type": "track", "userId": "u1", "event": 5}, 'Missing required value from "event"'),
        ({"type": "track", "userId": "u1", "event": " "}, 'Missing required value from "event"'),
        (
            {"type": "track", "userId": "u1", "event": "x"},
            'Missing required value from ["timestamp","originalTimestamp"]',
        ),
    ],
)
def test_a_refusal_says_what_to_mend(message, text):
    with pytest.raises(InstrumentationError) as refusal:
        transform(message, KEY)

    assert (str(refusal.value), refusal.value.kind, refusal.value.status) == (text, "instrumentation", 400)


def test_a_type_may_be_written_in_any_case():
    assert body({**PERSON, "type": " Identify "}) == {"user_id": "u1"}


@pytest.mark.parametrize("odd", [[], "x", 5, True])
@pytest.mark.parametrize("place", ["traits", "context", "properties"])
def test_traits_that_are_no_object_hold_nothing(place, odd):
    assert body({**PERSON, place: odd}) == {"user_id": "u1"}


@pytest.mark.parametrize(
    "odd", [{"traits.email": "e"}, {"context.traits": {"email": "e"}}, {"context": {"traits.email": "e"}}]
)
def test_a_key_with_dots_leads_nowhere(odd):
    assert body(PERSON | odd) == {"user_id": "u1"}


def test_a_record_of_a_warehouse_is_a_message_as_any_other():
    external = [{"identifierType": "email", "id": "X1"}]

    found = body(PERSON | {"context": {"mappedToDestination": True, "externalId": external}})

    assert found == {"user_id": "u1"}


def test_an_unknown_profile_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="no profile 'best': choose one of documented, production"):
        transform(PERSON, KEY, "best")


@settings(max_examples=60)
@given(
    content=st.recursive(st.none() | st.booleans() | st.text(max_size=3), lambda it: st.lists(it, max_size=2))
)
def test_any_traits_of_a_group_without_id_give_it_a_name(content):
    message = {"type": "group", "userId": "u1", "traits": {"any": content}}

    assert bodies(message)[0][1]["company_id"].startswith("group-")


def test_traits_nested_too_deeply_to_derive_an_id_are_refused():
    nested = reduce(lambda inner, _: [inner], range(100_000), [])

    with pytest.raises(TransformError, match="nested too deeply"):
        transform({"type": "group", "userId": "u1", "traits": {"any": nested}}, KEY)
