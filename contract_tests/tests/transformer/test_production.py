"""The profile `production`: recorded messages and their requests, case by case."""

import json

import pytest

from custify_transformer import (
    Destination,
    InstrumentationError,
    JavaScriptTypeError,
    TransformError,
    transform,
)
from custify_transformer.javascript import UNDEFINED
from support.json_difference import assert_same_json
from support.paths import CASES

CASES = json.loads((CASES / "production.json").read_text(encoding="utf-8"))
ACCEPTED = [pytest.param(case, id=case["name"]) for case in CASES if "error" not in case]
REFUSED = [pytest.param(case, id=case["name"]) for case in CASES if "error" in case]
PERSON = {"type": "identify", "userId": "u"}
EVENT = {"type": "track", "userId": "u", "event": "e", "timestamp": "t"}
GROUP = {"type": "group", "userId": "u", "groupId": "g"}


def sent(requests):
    """Return the requests as endpoint and body."""
    return [[request.endpoint.rpartition("/")[2], request.body] for request in requests]


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_recorded_message_becomes_its_requests(case):
    destination = Destination.from_config(case["config"])

    requests = transform(case["message"], destination, "production")

    assert_same_json(sent(requests), case["requests"])


@pytest.mark.parametrize("case", REFUSED)
def test_a_recorded_refusal_keeps_text_status_and_what_was_sent(case):
    destination = Destination.from_config(case["config"])

    with pytest.raises(TransformError) as refusal:
        transform(case["message"], destination, "production")

    assert (refusal.value.text, refusal.value.status) == (case["error"], case["status"])
    assert_same_json(sent(refusal.value.requests), case["requests"])


@pytest.mark.parametrize(
    ("config", "header"),
    [
        ({}, "Bearer undefined"),
        ({"apiKey": None}, "Bearer null"),
        ({"apiKey": [1, [2, None], {}]}, "Bearer 1,2,,[object Object]"),
        ({"apiKey": 1e21}, "Bearer 1e+21"),
    ],
)
def test_the_key_is_never_checked(config, header):
    (request,) = transform(PERSON, Destination.from_config(config), "production")

    assert request.headers["Authorization"] == header


CONFIG_IS = "Cannot destructure property 'Config' of"
SETTING_IS = "Cannot destructure property 'sendAnonymousId' of 'Config' as it is"


@pytest.mark.parametrize(
    ("message", "destination", "text"),
    [
        (PERSON, Destination.from_json(), f"{CONFIG_IS} 'undefined' as it is undefined."),
        (PERSON, Destination.from_json(None), f"{CONFIG_IS} 'object null' as it is null."),
        (PERSON, Destination.from_json({}), f"{SETTING_IS} undefined."),
        (PERSON, Destination.from_json({"Config": None}), f"{SETTING_IS} null."),
        (EVENT, Destination.from_json({}), f"{SETTING_IS} undefined."),
        (EVENT | {"event": ""}, Destination.from_json({}), 'Missing required value from "event"'),
        (GROUP, Destination.from_json({}), "Cannot read properties of undefined (reading 'apiKey')"),
        (GROUP, Destination.from_json({"Config": None}), "Cannot read properties of null (reading 'apiKey')"),
        (GROUP | {"groupId": ""}, Destination.from_json({}), "groupId Id is mandatory"),
        ({"type": "page"}, Destination.from_json(), "Message type not supported"),
    ],
)
def test_missing_settings_fail_where_the_original_opens_them(message, destination, text):
    with pytest.raises(TransformError) as refusal:
        transform(message, destination, "production")

    assert (refusal.value.text, refusal.value.requests) == (text, ())


def test_a_type_error_of_the_original_has_its_own_kind():
    with pytest.raises(JavaScriptTypeError) as refusal:
        transform(None, Destination("k"), "production")

    assert (refusal.value.kind, refusal.value.status) == ("transformation", 500)


@pytest.mark.parametrize(("message", "word"), [(None, "null"), (UNDEFINED, "undefined")])
def test_no_message_at_all_is_named_as_the_original_names_it(message, word):
    with pytest.raises(JavaScriptTypeError) as refusal:
        transform(message, Destination("k"), "production")

    assert refusal.value.text == f"Cannot read properties of {word} (reading 'type')"


@pytest.mark.parametrize(
    ("properties", "metadata"),
    [
        ("a\ud800b", {"0": "a", "1": "\ud800", "2": "b", "user_id": "u"}),
        ("😀", {"0": "\ud83d", "1": "\ude00", "user_id": "u"}),
        ({"user_id": "p"}, {"user_id": "p"}),
        ({"userId": "p"}, {"userId": "p"}),
        ({"a": 0, "b": {}}, {"user_id": "u"}),
        ({"user_id": 0}, {"user_id": "u"}),
        ({"user_id": {"a": 1}, "userId": ""}, {"user_id": "u"}),
    ],
)
def test_the_metadata_of_an_event_are_the_entries_of_its_properties_and_its_user(properties, metadata):
    (request,) = transform(EVENT | {"properties": properties}, Destination("k"), "production")

    assert request.body["metadata"] == metadata


@pytest.mark.parametrize("user_id", [7, 1.5, {"a": 1}, ["u"]])
def test_the_metadata_of_an_event_have_the_user_id_as_raw_as_it_is(user_id):
    (request,) = transform({**EVENT, "userId": user_id}, Destination("k"), "production")

    assert json.dumps(request.body["metadata"]) == json.dumps({"user_id": user_id})


@pytest.mark.parametrize(
    ("traits", "link"),
    [
        ({"company.id": "c", "company.remove": True}, {"company_id": "c", "remove": True}),
        ({"company": {"id": "c", "remove": None}}, {"company_id": "c", "remove": None}),
        ({"company": {"id": "c", "remove": "yes"}}, {"company_id": "c", "remove": "yes"}),
        ({"company": {"id": 0, "remove": True}}, {"company_id": "g", "remove": True}),
    ],
)
def test_an_identify_links_its_company_with_the_remove_as_raw_as_it_is(traits, link):
    (request,) = transform({**PERSON, "groupId": "g", "traits": traits}, Destination("k"), "production")

    assert request.body["companies"] == [link]


@pytest.mark.parametrize("user_id", [{"a": 1}, ["u"]])
def test_an_object_in_the_traits_of_a_group_is_gone_before_its_person_is_read(user_id):
    message = {"type": "group", "groupId": "g", "traits": {"userId": user_id}}

    with pytest.raises(InstrumentationError, match=r"^Email or userId is mandatory$"):
        transform(message, Destination("k"), "production")


@pytest.mark.parametrize("empty", ["", 0, False, None])
def test_a_deduplication_field_that_holds_nothing_true_gives_way_to_the_message_id(empty):
    destination = Destination("k", enable_deduplication=True, deduplication_field="properties.order")

    (request,) = transform(
        EVENT | {"messageId": "m", "properties": {"order": empty}}, destination, "production"
    )

    assert request.body["deduplication_id"] == "m"


@pytest.mark.parametrize("message_id", ["", 0, False, 7])
def test_a_message_id_stands_in_for_the_deduplication_field_as_raw_as_it_is(message_id):
    destination = Destination("k", enable_deduplication=True, deduplication_field="order")

    (request,) = transform({**EVENT, "messageId": message_id}, destination, "production")

    assert json.dumps(request.body["deduplication_id"]) == json.dumps(message_id)


@pytest.mark.parametrize("email", [0, False])
@pytest.mark.parametrize("message", [PERSON, EVENT, GROUP], ids=["identify", "track", "group"])
def test_an_email_that_is_not_true_names_nobody(message, email):
    nobody = {**message, "userId": 0, "context": {"traits": {"email": email}}}

    with pytest.raises(InstrumentationError, match=r"^Email or userId is mandatory$"):
        transform(nobody, Destination("k"), "production")


@pytest.mark.parametrize("anonymous_id", [0, False, "", 7, {"a": 1}])
def test_an_anonymous_id_stands_in_as_raw_as_it_is(anonymous_id):
    message = {"type": "identify", "anonymousId": anonymous_id, "traits": {"email": "e"}}

    (request,) = transform(message, Destination("k", send_anonymous_id=True), "production")

    assert json.dumps(request.body["user_id"]) == json.dumps(anonymous_id)


@pytest.mark.parametrize("missing", [{}, {"anonymousId": None}])
def test_without_an_anonymous_id_a_user_id_of_zero_is_taken_away(missing):
    message = {"type": "identify", "userId": 0, "traits": {"email": "e"}, **missing}

    (request,) = transform(message, Destination("k", send_anonymous_id=True), "production")

    assert "user_id" not in request.body


@pytest.mark.parametrize("setting", ["false", "0", [], {}, 1])
def test_a_setting_is_on_when_javascript_takes_it_for_true(setting):
    destination = Destination("k", send_anonymous_id=setting, enable_deduplication=setting)

    (request,) = transform(
        {**EVENT, "userId": "", "anonymousId": "a", "messageId": "m"}, destination, "production"
    )

    assert (request.body["user_id"], request.body["deduplication_id"]) == ("a", "m")


@pytest.mark.parametrize(
    ("message", "names"),
    [
        (
            {"type": "identify", "groupId": "g", "traits": {"phone": "p", "lastName": "l", "email": "e"}},
            ["email", "phone", "custom_attributes", "user_id", "name", "companies"],
        ),
        (
            {**EVENT, "userId": "", "messageId": "m", "properties": {"email": "e", "companyId": "c"}},
            ["email", "name", "created_at", "user_id", "company_id", "deduplication_id", "metadata"],
        ),
    ],
)
def test_what_no_row_gives_comes_after_the_rows(message, names):
    destination = Destination("k", send_anonymous_id=True, enable_deduplication=True)

    (request,) = transform({**message, "anonymousId": "a"}, destination, "production")

    assert list(request.body) == names


def test_a_company_goes_out_with_the_headers_of_the_inner_client():
    company, _person = transform(GROUP, Destination("k"), "production")

    assert company.headers["Accept"] == "application/json, text/plain, */*"


@pytest.mark.parametrize("name", ["constructor", "toString"])
def test_an_inherited_name_as_deduplication_field_leaves_no_id(name):
    destination = Destination("k", enable_deduplication=True, deduplication_field=name)

    (request,) = transform(EVENT | {"messageId": "m"}, destination, "production")

    assert "deduplication_id" not in request.body
