"""Each mapped field and the places it is read from, in order: written down here once more, by hand.

Nothing is taken from the transformer's own tables, so that a row that is lost, added or out of order there
differs from this one; the name of the failing test says which field of which message at which place.
`documented`: documentation page, "Supported mapping" of identify, track and group, and docs/decisions.md,
"Transformer", where the page leaves a place open. `production`: recorded behaviour, sections 3, 5 and 6.
"""

import pytest

from custify_transformer import Destination, InstrumentationError, transform
from support.json_difference import assert_same_json
from support.service import write

KEY = Destination("key", send_anonymous_id=True)
MEMBER = {"type": "group", "groupId": "g1"}
STARTS = {
    "identify": {"type": "identify"},
    "track": {"type": "track", "event": "Paid", "timestamp": "2026-01-01"},
    "company of a group": MEMBER,
    "person of a group": MEMBER,
}
# Decided: userId, then userId and id of the traits, then of context.traits; anonymousId with its setting.
ANYBODY = ["userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id"]
IDENTIFIED = {
    "user_id": [*ANYBODY, "anonymousId"],
    "email": ["traits.email", "context.traits.email"],
    "phone": ["traits.phone", "context.traits.phone"],
    "session_count": ["traits.sessionCount", "context.traits.sessionCount"],
    "unsubscribed_from_emails": ["traits.unsubscribedFromEmails", "context.traits.unsubscribedFromEmails"],
    "unsubscribed_from_calls": ["traits.unsubscribedFromCalls", "context.traits.unsubscribedFromCalls"],
    "name": ["traits.name", "context.traits.name"],
    "signed_up_at": ["traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"],
}
MEMBER_OF_GROUP = {
    "email": ["context.traits.email"],
    "phone": ["context.traits.phone"],
    "session_count": ["context.traits.sessionCount"],
    "unsubscribed_from_emails": ["context.traits.unsubscribedFromEmails"],
    "unsubscribed_from_calls": ["context.traits.unsubscribedFromCalls"],
    "name": ["context.traits.name"],
}
COMPANY = {
    "company_id": ["groupId", "traits.groupId"],
    "name": ["traits.name"],
    "industry": ["traits.industry"],
    "size": ["traits.size"],
    "website": ["traits.website", "traits.url"],
    "plan": ["traits.plan"],
    "churned": ["traits.churned"],
}
TRACKED = {
    "user_id": [*ANYBODY, "anonymousId"],
    "name": ["event"],
    "created_at": ["timestamp", "originalTimestamp"],
    "company_id": ["properties.organization_id", "properties.company_id", "properties.companyId"],
}
ROWS = {
    "documented": {
        "identify": IDENTIFIED,
        "track": {
            **TRACKED,
            "email": ["traits.email", "context.traits.email", "properties.email", "email"],
        },
        "company of a group": {**COMPANY, "monthly_revenue": ["traits.monthlyRevenue", "traits.mrr"]},
        "person of a group": {
            **MEMBER_OF_GROUP,
            "user_id": ["userId", "context.traits.userId", "context.traits.id", "anonymousId"],
            "signed_up_at": ["context.traits.signedUpAt"],
        },
    },
    "production": {
        "identify": {
            **IDENTIFIED,
            "email": ["traits.email", "context.traits.email", "properties.email"],
            "phone": ["traits.phone", "context.traits.phone", "properties.phone"],
        },
        "track": {**TRACKED, "email": ["traits.email", "context.traits.email", "properties.email"]},
        "company of a group": {
            **COMPANY,
            "monthly_revenue": ["traits.monthly_revenue", "traits.monthlyRevenue", "traits.mrr"],
        },
        # The id of a company's traits is gone before the person is read; one key with a dot stays.
        "person of a group": {
            **MEMBER_OF_GROUP,
            "user_id": [
                *["userId", "traits.userId", "[traits.id]", "context.traits.userId", "context.traits.id"],
                "anonymousId",
            ],
            "signed_up_at": ["context.traits.signedUpAt", "timestamp", "originalTimestamp"],
        },
    },
}
KINDS = [(profile, kind) for profile, kinds in ROWS.items() for kind in kinds]
FIELDS = [
    (profile, kind, field, places)
    for profile, kinds in ROWS.items()
    for kind, rows in kinds.items()
    for field, places in rows.items()
]
PLACES = [
    pytest.param(profile, kind, field, places[at:], id=f"{profile}: {kind}: {field} from {places[at]}")
    for profile, kind, field, places in FIELDS
    for at in range(len(places))
]
# Ids, emails and the name of an event are texts; any other field may be 0 or false.
NAMING = {"user_id", "company_id"}
TEXTS = {
    ("documented", "identify", "email"),
    ("documented", "track", "email"),
    ("documented", "track", "name"),
}
TEXTS |= {("documented", "person of a group", "email")}
VALUES = [
    pytest.param(*row, id=": ".join(row[:3]))
    for row in FIELDS
    if row[2] not in NAMING and row[:3] not in TEXTS
]
# An event without a name is refused.
OPTIONAL = [pytest.param(*row, id=": ".join(row[:3])) for row in FIELDS if row[1:3] != ("track", "name")]
# A first and a last name stand in for a missing name; a group's person has none in the company's traits.
PARTS = ["firstName", "firstname", "first_name"], ["lastName", "lastname", "last_name"]
ANYWHERE, IN_CONTEXT = ["traits", "context.traits"], ["context.traits"]
NAMED_IN = {
    ("documented", "identify"): ANYWHERE,
    ("documented", "person of a group"): IN_CONTEXT,
    ("production", "identify"): ANYWHERE,
    ("production", "person of a group"): ANYWHERE,
}
NAME_PLACES = [
    (profile, kind, [f"{place}.{name}" for place in places for name in names])
    for (profile, kind), places in NAMED_IN.items()
    for names in PARTS
]
NAMES = [
    pytest.param(profile, kind, places[at:], id=f"{profile}: {kind}: name from {places[at]}")
    for profile, kind, places in NAME_PLACES
    for at in range(len(places))
]
# What looks like a place of a field and is none.
ELSEWHERE = {
    ("documented", "identify"): {
        "user_id": [
            *["context.userId", "properties.userId", "traits.user_id", "groupId", "messageId"],
            *["context.anonymousId", "traits.anonymousId", "context.traits.anonymousId"],
        ],
        "email": ["email", "properties.email", "context.email"],
        "phone": ["phone", "properties.phone"],
        "name": ["name", "event", "properties.name"],
        "session_count": ["traits.session_count", "properties.sessionCount"],
        "signed_up_at": ["traits.signed_up_at", "traits.createdAt", "receivedAt", "sentAt"],
        "companies": ["groupId", "traits.groupId", "context.groupId"],
    },
    ("documented", "track"): {
        "user_id": ["properties.userId", "properties.user_id", "context.userId"],
        "email": ["context.email", "userId"],
        "company_id": ["groupId", "traits.groupId", "traits.company_id", "context.groupId"],
        "deduplication_id": ["messageId"],
        "signed_up_at": ["timestamp"],
    },
    ("documented", "company of a group"): {
        "name": ["context.traits.name", "name"],
        "website": ["context.traits.website", "traits.domain"],
        "size": ["traits.employees", "context.traits.size"],
        "monthly_revenue": ["traits.monthly_revenue", "traits.revenue", "context.traits.mrr"],
        "plan": ["context.traits.plan"],
        "signed_up_at": ["traits.signedUpAt", "timestamp"],
    },
    ("documented", "person of a group"): {
        "user_id": ["traits.userId", "traits.id"],
        "email": ["traits.email", "properties.email", "email"],
        "phone": ["traits.phone"],
        "name": ["traits.name", "traits.firstName", "traits.lastName"],
        "session_count": ["traits.sessionCount"],
        "signed_up_at": ["traits.signedUpAt", "timestamp", "originalTimestamp"],
    },
    ("production", "identify"): {
        "user_id": ["context.userId", "properties.userId", "traits.user_id"],
        "email": ["email", "context.email"],
        "phone": ["phone"],
        "session_count": ["traits.session_count", "properties.sessionCount"],
        "signed_up_at": ["traits.signed_up_at", "traits.createdAt"],
        "companies": ["traits.groupId", "context.groupId"],
    },
    ("production", "track"): {
        "user_id": ["properties.userId", "properties.user_id"],
        "email": ["email", "context.email"],
        "company_id": ["groupId", "traits.groupId", "traits.company_id"],
        "deduplication_id": ["messageId"],
    },
    ("production", "company of a group"): {
        "name": ["context.traits.name"],
        "size": ["traits.employees"],
        "monthly_revenue": ["traits.revenue"],
    },
    ("production", "person of a group"): {
        "user_id": ["traits.id", "traits.user_id"],
        "email": ["traits.email", "properties.email", "email"],
        "phone": ["traits.phone", "properties.phone"],
        "name": ["traits.name"],
        "session_count": ["traits.sessionCount"],
        "signed_up_at": ["traits.signedUpAt"],
    },
}
STRAY = [
    pytest.param(profile, kind, field, place, id=f"{profile}: {kind}: {field} not from {place}")
    for (profile, kind), fields in ELSEWHERE.items()
    for field, places in fields.items()
    for place in places
]
RESERVED_OF_PERSON = [
    *["userId", "email", "phone", "name", "signed_up_at", "session_count", "unsubscribed_from_emails"],
    *["unsubscribed_from_calls", "company"],
]
RESERVED_OF_COMPANY = [
    *["id", "name", "industry", "company_id", "size", "website", "plan", "monthly_revenue", "churned"],
]
# Mapped, and a custom attribute all the same: production takes only Custify's own names away.
TWICE_OF_PERSON = ["id", "user_id", "firstName", "sessionCount", "signedUpAt", "createdAt", "plan"]
TWICE_OF_COMPANY = ["url", "mrr", "monthlyRevenue", "groupId", "userId", "email", "phone"]
# Documented: what a row maps does not become a custom attribute too, everything else does.
MAPPED_OF_PERSON = [
    *["userId", "id", "email", "phone", "sessionCount", "unsubscribedFromEmails", "unsubscribedFromCalls"],
    *["name", "signedUpAt"],
]
MAPPED_OF_COMPANY = ["groupId", "name", "industry", "size", "website", "url", "plan", "monthlyRevenue", "mrr"]
MAPPED_OF_COMPANY += ["churned"]
UNMAPPED_OF_PERSON = ["session_count", "signed_up_at", "firstName", "lastName", "user_id", "plan", "groupId"]
UNMAPPED_OF_PERSON += ["anonymousId", "messageId", "timestamp", "createdAt", "type", "mrr", "website"]
UNMAPPED_OF_COMPANY = ["monthly_revenue", "id", "userId", "email", "phone", "company_id", "sessionCount"]
UNMAPPED_OF_COMPANY += ["anonymousId", "messageId", "timestamp", "createdAt", "type", "event", "firstName"]


def filled(kind, places, field=None):
    """Return a message of `kind` that has at each place the name of the place; somebody sends it."""
    message = dict(STARTS[kind])
    write(message, "context.traits.email" if field == "user_id" else "userId", "a@example.com")
    for place in ROWS["documented"][kind].get(field, ()):
        message.pop(place, None)
    for place in places:
        write(message, place, f"at {place}")
    return message


def sent(message, kind, profile):
    """Return the body of the company's request, or else of the last one."""
    requests = transform(message, KEY, profile)
    return requests[0 if kind.startswith("company") else -1].body


def attributes(kind, profile, place, name):
    """Return the custom attributes of a message with one attribute `name` at `place`."""
    message = filled(kind, [])
    write(message, f"{place}.{name}", "given")
    return sent(message, kind, profile).get("custom_attributes", {})


@pytest.mark.parametrize(("profile", "kind", "field", "places"), PLACES)
def test_the_first_place_of_a_field_that_has_a_value_fills_it(profile, kind, field, places):
    message = filled(kind, places, field)

    found = sent(message, kind, profile)

    assert {field: found.get(field)} == {field: f"at {places[0]}"}


@pytest.mark.parametrize("value", [0, False])
@pytest.mark.parametrize(("profile", "kind", "field", "places"), VALUES)
def test_zero_and_false_fill_a_field_and_end_the_search(profile, kind, field, places, value):
    message = filled(kind, places, field)
    write(message, places[0], value)

    found = sent(message, kind, profile)

    assert_same_json({field: found.get(field)}, {field: value})


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize(("profile", "kind", "field", "places"), OPTIONAL)
def test_null_and_an_empty_text_give_way_to_the_next_place(profile, kind, field, places, value):
    message = filled(kind, places, field)
    write(message, places[0], value)

    found = sent(message, kind, profile)

    assert {field: found.get(field)} == {field: next((f"at {place}" for place in places[1:]), None)}


@pytest.mark.parametrize("value", [{"a": 1}, ["a"]])
@pytest.mark.parametrize(
    ("profile", "kind", "field", "places"), [row for row in OPTIONAL if row.values[0] == "documented"]
)
def test_an_object_and_a_list_give_way_to_the_next_place(profile, kind, field, places, value):
    message = filled(kind, places, field)
    write(message, places[0], value)

    found = sent(message, kind, profile)

    assert {field: found.get(field)} == {field: next((f"at {place}" for place in places[1:]), None)}


@pytest.mark.parametrize(("profile", "kind", "places"), NAMES)
def test_the_first_part_of_a_name_that_has_a_value_stands_in_for_the_name(profile, kind, places):
    message = filled(kind, places)

    assert sent(message, kind, profile)["name"] == f"at {places[0]}"


@pytest.mark.parametrize(("profile", "kind", "field", "place"), STRAY)
def test_a_field_is_not_read_from_elsewhere(profile, kind, field, place):
    message = filled(kind, [place], field)

    found = sent(message, kind, profile)

    assert {field: found.get(field)} == {field: None}


@pytest.mark.parametrize(("profile", "kind"), KINDS)
def test_a_body_has_the_fields_of_its_rows_and_no_more(profile, kind):
    message = filled(kind, [places[0] for places in ROWS[profile][kind].values()])

    found = sent(message, kind, profile)

    beside = {"companies", "custom_attributes", "metadata"}
    assert set(found) - beside == set(ROWS[profile][kind])


@pytest.mark.parametrize("place", ["context.traits.groupId", "traits.company_id", "traits.id"])
def test_production_refuses_a_group_whose_id_stands_elsewhere(place):
    message = {key: value for key, value in filled("company of a group", [place]).items() if key != "groupId"}

    with pytest.raises(InstrumentationError, match="groupId Id is mandatory"):
        transform(message, KEY, "production")


@pytest.mark.parametrize(
    "place", ["context.traits.groupId", "traits.company_id", "traits.id", "context.groupId"]
)
def test_a_group_whose_id_stands_elsewhere_is_a_new_company(place):
    message = {key: value for key, value in filled("company of a group", [place]).items() if key != "groupId"}

    assert sent(message, "company of a group", "documented")["company_id"].startswith("group-")


@pytest.mark.parametrize("name", RESERVED_OF_PERSON)
@pytest.mark.parametrize("kind", ["identify", "person of a group"])
def test_production_keeps_a_reserved_name_out_of_a_persons_attributes(kind, name):
    assert attributes(kind, "production", "context.traits", name) == {}


@pytest.mark.parametrize("name", RESERVED_OF_COMPANY)
def test_production_keeps_a_reserved_name_out_of_a_companys_attributes(name):
    assert attributes("company of a group", "production", "traits", name) == {}


@pytest.mark.parametrize("name", TWICE_OF_PERSON)
@pytest.mark.parametrize("kind", ["identify", "person of a group"])
def test_production_keeps_a_name_that_is_not_reserved_of_a_person(kind, name):
    assert attributes(kind, "production", "context.traits", name) == {name: "given"}


@pytest.mark.parametrize("name", TWICE_OF_COMPANY)
def test_production_keeps_a_name_that_is_not_reserved_of_a_company(name):
    assert attributes("company of a group", "production", "traits", name) == {name: "given"}


@pytest.mark.parametrize(
    ("given", "chosen"), [(["traits", "context.traits"], "traits"), (["context.traits"], "context.traits")]
)
def test_production_takes_the_attributes_of_the_first_place_alone(given, chosen):
    message = filled("identify", [f"{place}.plan" for place in given])

    assert sent(message, "identify", "production")["custom_attributes"] == {"plan": f"at {chosen}.plan"}


@pytest.mark.parametrize(
    ("kind", "place"), [("company of a group", "traits"), ("person of a group", "context.traits")]
)
def test_production_parts_the_attributes_of_company_and_person(kind, place):
    message = filled(kind, ["traits.plans", "context.traits.plans"])

    assert sent(message, kind, "production")["custom_attributes"] == {"plans": f"at {place}.plans"}


@pytest.mark.parametrize("name", MAPPED_OF_PERSON)
@pytest.mark.parametrize("place", ["traits", "context.traits"])
def test_a_mapped_attribute_of_a_person_is_no_custom_attribute(place, name):
    assert attributes("identify", "documented", place, name) == {}


@pytest.mark.parametrize("name", MAPPED_OF_PERSON)
def test_a_mapped_attribute_of_a_groups_person_is_no_custom_attribute(name):
    assert attributes("person of a group", "documented", "context.traits", name) == {}


@pytest.mark.parametrize("name", MAPPED_OF_COMPANY)
def test_a_mapped_attribute_of_a_company_is_no_custom_attribute(name):
    assert attributes("company of a group", "documented", "traits", name) == {}


@pytest.mark.parametrize("name", UNMAPPED_OF_PERSON)
@pytest.mark.parametrize(
    ("kind", "place"),
    [("identify", "traits"), ("identify", "context.traits"), ("person of a group", "context.traits")],
)
def test_an_unmapped_attribute_of_a_person_is_a_custom_attribute(kind, place, name):
    assert attributes(kind, "documented", place, name) == {name: "given"}


@pytest.mark.parametrize("name", UNMAPPED_OF_COMPANY)
def test_an_unmapped_attribute_of_a_company_is_a_custom_attribute(name):
    assert attributes("company of a group", "documented", "traits", name) == {name: "given"}
