"""Which companies a message associates, which requests it becomes, and in which order."""

from copy import deepcopy

import pytest

from custify_transformer import Destination, InstrumentationError, transform

KEY = Destination("k")
PEOPLE, COMPANY, EVENT = (f"https://api.custify.com/{path}" for path in ("people", "company", "event"))
TRACK = {"type": "track", "userId": "u", "event": "e", "timestamp": "2026-01-01"}
HERE, THERE = {"company": {"id": "here"}}, {"company": {"id": "there"}}


def body_of(message, profile="documented"):
    """Return the body of the last request."""
    return transform(message, KEY, profile)[-1].body


@pytest.mark.parametrize("profile", ["documented", "production"])
@pytest.mark.parametrize(
    ("message", "endpoints"),
    [
        ({"type": "identify", "userId": "u"}, [PEOPLE]),
        (TRACK, [EVENT]),
        ({"type": "group", "userId": "u", "groupId": "g"}, [COMPANY, PEOPLE]),
    ],
)
def test_a_message_becomes_its_requests_in_their_order(message, endpoints, profile):
    requests = transform(message, KEY, profile)

    assert [(request.method, request.endpoint) for request in requests] == [
        ("POST", endpoint) for endpoint in endpoints
    ]


@pytest.mark.parametrize("profile", ["documented", "production"])
@pytest.mark.parametrize("kind", ["identify", "track", "group"])
def test_a_message_is_left_as_it_was(kind, profile):
    traits = {"name": "n", "id": "i", "list": [1], "object": {"a": None}, "traits": {"plan": "p"}}
    message = {"type": kind, "userId": "u", "groupId": "g", "event": "e", "timestamp": "t", "traits": traits}
    message |= {"context": {"traits": {**traits, "email": "e"}}, "properties": {"list": [1], "none": None}}
    before = deepcopy(message)

    transform(message, KEY, profile)

    assert message == before


@pytest.mark.parametrize("profile", ["documented", "production"])
@pytest.mark.parametrize("kind", ["identify", "track", "group"])
def test_every_request_carries_the_key(kind, profile):
    message = {"type": kind, "userId": "u", "groupId": "g", "event": "e", "timestamp": "2026-01-01"}

    sent = [request.headers["Authorization"] for request in transform(message, KEY, profile)]

    assert set(sent) == {"Bearer k"}


@pytest.mark.parametrize(
    ("places", "company"),
    [
        ({"context": {"traits": THERE}, "traits": HERE}, "there"),
        ({"context": {"traits": THERE}}, "there"),
        ({"traits": HERE}, "here"),
        ({"context": {"traits": {"company": {"id": ""}}}, "traits": HERE}, "here"),
        ({"context": {"traits": {"company": "there"}}, "traits": HERE}, "here"),
    ],
)
def test_an_identify_links_the_company_of_the_context_before_that_of_the_traits(places, company):
    body = body_of({"type": "identify", "userId": "u", **places})

    assert body["companies"] == [{"company_id": company, "remove": False}]


@pytest.mark.parametrize(("given", "company"), [(0, "0"), (77, "77"), (1.0, "1")])
def test_the_company_of_an_identify_may_be_a_number(given, company):
    body = body_of({"type": "identify", "userId": "u", "traits": {"company": {"id": given}}})

    assert body["companies"] == [{"company_id": company, "remove": False}]


@pytest.mark.parametrize(("here", "there"), [(True, False), (False, True), (True, None), (None, True)])
def test_whether_a_company_is_left_is_read_beside_its_id(here, there):
    traits = {"traits": {"company": {"id": "c", "remove": here}}}
    message = {"type": "identify", "userId": "u", **traits}

    body = body_of({**message, "context": {"traits": {"company": {"id": "c", "remove": there}}}})

    assert body["companies"] == [{"company_id": "c", "remove": there is True}]


@pytest.mark.parametrize(
    "traits", [{}, {"company": {"remove": True}}, {"company": "c"}, {"company": [THERE]}]
)
def test_an_identify_that_names_no_company_links_none(traits):
    message = {"type": "identify", "userId": "u", "groupId": "g", "context": {"traits": traits}}

    assert "companies" not in body_of(message)


@pytest.mark.parametrize("remove", [True, False, "true"])
@pytest.mark.parametrize("place", ["traits", "context"])
@pytest.mark.parametrize("company_id", ["other", "g"])
def test_a_group_links_its_person_to_its_company_and_to_nothing_else(company_id, place, remove):
    company = {"company": {"id": company_id, "remove": remove}}
    places = {"traits": {"traits": company}, "context": {"context": {"traits": company}}}

    body = body_of({"type": "group", "userId": "u", "groupId": "g", **places[place]})

    assert body["companies"] == [{"company_id": "g", "remove": False}]


@pytest.mark.parametrize("traits", [{"plan": "pro"}, {"email": "c@x.io", "firstName": "C", "phone": "1"}])
def test_the_person_of_a_group_takes_nothing_from_the_traits_of_the_company(traits):
    body = body_of({"type": "group", "userId": "u", "groupId": "g", "traits": traits})

    assert body == {"user_id": "u", "companies": [{"company_id": "g", "remove": False}]}


@pytest.mark.parametrize("kind", ["identify", "track", "group"])
@pytest.mark.parametrize("anonymous", [{}, {"anonymousId": "a"}])
def test_a_message_that_names_nobody_is_refused_before_its_first_request(kind, anonymous):
    message = {"type": kind, "groupId": "g", "event": "e", **anonymous}

    with pytest.raises(InstrumentationError, match="Email or userId is mandatory") as refused:
        transform(message, KEY)

    assert refused.value.requests == ()


@pytest.mark.parametrize("properties", [{}, None, "text", [1], {"a": None, "b": {}, "c": []}])
def test_the_metadata_of_an_event_is_always_there(properties):
    body = body_of({**TRACK, "properties": properties})

    assert body == {"user_id": "u", "name": "e", "created_at": "2026-01-01", "metadata": {}}


def test_the_metadata_of_an_event_are_its_scalars_and_no_user_id_is_added():
    properties = {"zero": 0, "no": False, "empty": "", "deep": {}, "company_id": 7}

    body = body_of({**TRACK, "properties": properties})

    assert body["metadata"] == {"zero": 0, "no": False, "empty": "", "company_id": 7}
    assert body["company_id"] == "7"


@pytest.mark.parametrize(
    "name", ["userId", "user_id", "email", "name", "event", "timestamp", "organization_id", "companyId"]
)
def test_a_property_is_metadata_whatever_its_name_means_elsewhere(name):
    body = body_of({**TRACK, "properties": {name: "given"}})

    assert body["metadata"] == {name: "given"}


@pytest.mark.parametrize(
    ("given", "user_id"), [(77, "77"), (77.0, "77"), (0, "0"), ("77", "77"), (1.5, "1.5")]
)
def test_an_id_is_sent_as_text(given, user_id):
    assert body_of({"type": "identify", "userId": given})["user_id"] == user_id
