"""What the data plane's gateway answers, and in which order it checks."""

import gzip
from base64 import b64encode
from urllib.parse import urlencode

import pytest

from mock_custify.workspace import Store
from support.dataplane import KEY, Source, basic, bearer

TRACK = {"type": "track", "userId": "u1", "event": "Signed Up"}
TYPES = ("identify", "track", "group", "page", "screen", "alias", "merge")
ORIGIN = {"Origin": "http://app.example:3000"}


@pytest.fixture
def source():
    """A source whose workspace knows the person of TRACK."""
    found = Source()
    found.know("u1")
    return found


def told(answer):
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/import"])
def test_a_batch_is_answered_200_ok_in_plain_text(source, path):
    answer = source.post(path, {"batch": [TRACK]})

    assert told(answer) == (200, "ok")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("kind", TYPES)
def test_the_path_of_a_single_message_decides_its_type(source, kind):
    answer = source.post(f"/v1/{kind}", {"userId": "u1", "type": "other"})

    assert told(answer) == (200, "ok")
    assert source.delivery()["processed"]["type"] == kind


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "image/png", ""])
def test_the_content_type_is_never_looked_at(source, kind):
    body = gzip.compress(b'{"batch":[{"type":"track","userId":"u1","event":"E"}]}')

    answer = source.post("/v1/batch", body, {**basic(), "Content-Type": kind, "Content-Encoding": "gzip"})

    assert told(answer) == (200, "ok")
    assert source.delivery()["status"] == "delivered"


def test_gzip_members_are_joined(source):
    body = gzip.compress(b'{"batch":[{"userId":"u1",') + gzip.compress(b'"type":"page"}]}')

    answer = source.post("/v1/batch", body, {**basic(), "Content-Encoding": "gzip"})

    assert told(answer) == (200, "ok")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer(),
        {"Authorization": "Basic"},
        {"Authorization": "Basic ***"},
        {"Authorization": "Basic Og=="},
        {"Authorization": "Basic /w=="},
    ],
)
def test_a_call_without_a_basic_user_is_refused(source, headers):
    answer = source.post("/v1/batch", b"no json", headers)

    assert told(answer) == (401, "failed to read writekey from header\n")


def test_the_user_of_the_authorization_is_the_key_and_its_password_is_not(source):
    token = b64encode(f"{KEY}:pass:word".encode()).decode()

    source.post("/v1/batch", {"batch": [TRACK]}, {"Authorization": f"Basic {token}"})

    assert source.delivery()["status"] == "delivered"


def test_a_batch_does_not_name_its_key_in_the_query(source):
    answer = source.post(f"/v1/batch?writeKey={KEY}", {"batch": [TRACK]}, {})

    assert told(answer) == (401, "failed to read writekey from header\n")


def test_a_beacon_names_its_key_in_the_query(source):
    answer = source.post(
        f"/beacon/v1/batch?writeKey={KEY}", {"batch": [TRACK]}, {"Content-Type": "text/plain"}
    )

    assert told(answer) == (200, "ok")
    assert source.delivery()["status"] == "delivered"


def test_a_beacon_without_a_key_is_refused(source):
    answer = source.post("/beacon/v1/batch", {"batch": [TRACK]})

    assert told(answer) == (401, "failed to read writekey from query params\n")


def test_a_key_that_the_server_does_not_take_is_refused_before_the_body_is_read():
    answer = Source(Store(["another-key"])).post("/v1/batch", b"no json")

    assert told(answer) == (401, "invalid write key\n")


def test_a_disabled_source_is_told_so_before_the_body_is_read(source):
    source.configure(enabled=False)

    answer = source.post("/v1/batch", b"no json")

    assert told(answer) == (404, "source is disabled\n")


def test_a_disabled_source_is_told_so_although_its_body_cannot_be_unpacked(source):
    source.configure(enabled=False)

    answer = source.post("/v1/batch", b"no gzip", {**basic(), "Content-Encoding": "gzip"})

    assert told(answer) == (404, "source is disabled\n")


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"{}" * 100, mtime=0)[:-9]])
def test_a_body_that_cannot_be_unpacked_is_refused(source, body):
    answer = source.post("/v1/batch", body, {**basic(), "Content-Encoding": "gzip"})

    assert told(answer) == (500, "failed to read body from request\n")


@pytest.mark.parametrize("body", [b"", b"{", b"batch=1", b'{"batch":NaN}', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(source, body):
    answer = source.post("/v1/batch", body)

    assert told(answer) == (400, "invalid json\n")


@pytest.mark.parametrize("body", [b"[1]", b'"text"', b"5", b"null"])
def test_a_single_message_has_to_be_an_object(source, body):
    answer = source.post("/v1/track", body)

    assert told(answer) == (400, "event is not a valid rudder event\n")


@pytest.mark.parametrize("batch", [["text"], [TRACK, 5], "text", 7, True])
def test_each_message_of_a_batch_has_to_be_an_object(source, batch):
    answer = source.post("/v1/batch", {"batch": batch})

    assert told(answer) == (400, "event is not a valid rudder event\n")


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b", "\u0000"])
def test_a_message_that_names_nobody_refuses_the_whole_batch(source, value):
    answer = source.send(TRACK, {"type": "track", "event": "E", "userId": value, "anonymousId": value})

    assert told(answer) == (400, "request neither has anonymousId nor userId\n")
    assert source.state()["events"] == []


@pytest.mark.parametrize("name", ["userId", "anonymousId"])
@pytest.mark.parametrize("value", [0, 7, 1.5, False, [], {"a": 1}, "u"])
def test_an_id_may_have_any_type(source, name, value):
    answer = source.send({"type": "page", name: value})

    assert told(answer) == (200, "ok")


@pytest.mark.parametrize("name", ["userId", "anonymousId"])
def test_an_id_that_is_nested_too_deeply_is_no_json(source, name):
    nested = b"[" * 700 + b"]" * 700

    answer = source.post("/v1/batch", b'{"batch":[{"type":"page","%b":%b}]}' % (name.encode(), nested))

    assert told(answer) == (400, "invalid json\n")


@pytest.mark.parametrize("body", [{}, {"batch": None}, {"batch": []}, [], "text", {"batchs": [TRACK]}])
def test_an_empty_batch_is_refused(source, body):
    answer = source.post("/v1/batch", body)

    assert told(answer) == (400, "empty batch payload\n")


def test_an_object_in_place_of_the_list_counts_as_one_message(source):
    answer = source.post("/v1/batch", {"batch": TRACK})

    assert told(answer) == (200, "ok")
    assert len(source.deliveries()) == 1


def test_a_body_over_the_limit_is_refused_after_the_messages_are_checked(source):
    long = "x" * (4000 * 1024)

    answers = [source.send({**TRACK, "long": long}), source.send({"type": "track", "long": long})]

    assert [told(answer) for answer in answers] == [
        (413, "request size exceeds max limit\n"),
        (400, "request neither has anonymousId nor userId\n"),
    ]


def test_a_body_of_just_the_limit_is_taken(source):
    body = b'{"batch":[{"type":"track","userId":"u1","event":"E"}]}'.ljust(4000 * 1024)

    answers = [source.post("/v1/batch", body), source.post("/v1/batch", body + b" ")]

    assert [answer.status_code for answer in answers] == [200, 413]


def test_the_size_of_a_packed_body_is_what_it_holds(source):
    body = gzip.compress(b'{"batch":[{"type":"track","userId":"u1","event":"E"}]}'.ljust(4000 * 1024 + 1))

    answer = source.post("/v1/batch", body, {**basic(), "Content-Encoding": "gzip"})

    assert told(answer) == (413, "request size exceeds max limit\n")


def test_a_packed_body_that_is_huge_inside_is_refused(source):
    bomb = gzip.compress(b" " * (70 * 1024 * 1024))

    answer = source.post("/v1/batch", bomb, {**basic(), "Content-Encoding": "gzip"})

    assert told(answer) == (413, "request size exceeds max limit\n")


def test_half_a_surrogate_pair_is_taken_and_replaced(source):
    answer = source.post("/v1/batch", b'{"batch":[{"type":"identify","userId":"u\\ud800"}]}')

    assert told(answer) == (200, "ok")
    assert source.state()["people"][-1]["user_id"] == "u\ufffd"


def test_half_a_surrogate_pair_in_a_name_is_replaced_too(source):
    source.post("/v1/batch", b'{"batch":[{"type":"identify","userId":"u1","traits":{"a\\ud800":1}}]}')

    assert source.state()["people"][0]["custom_attributes"] == {"a\ufffd": 1}


@pytest.mark.parametrize("path", ["/v1/unknown", "/v1/batch/", "/beacon/v1/track", "/pixel/v1/group"])
def test_an_unknown_path_is_404_in_plain_text(source, path):
    answer = source.post(path, {"batch": [TRACK]})

    assert told(answer) == (404, "404 page not found\n")


def test_a_wrong_method_is_405(source):
    answer = source.client.get("/v1/batch")

    assert told(answer) == (405, "")
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "path", ["/v1/batch", "/sourceConfig/", "/a/b/sourceConfig", "/cdn/v1/projects/k/settings"]
)
def test_a_preflight_is_granted_what_it_asks_for(source, path):
    wanted = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,rsa-x",
    }

    answer = source.client.options(path, headers={**ORIGIN, **wanted})

    granted = {name: answer.headers[f"Access-Control-{name}"] for name in ("Allow-Origin", "Allow-Headers")}
    assert answer.status_code == 204
    assert granted == {"Allow-Origin": ORIGIN["Origin"], "Allow-Headers": "authorization,rsa-x"}
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["Access-Control-Max-Age"] == "900"


@pytest.mark.parametrize(("path", "status"), [("/v1/batch", 401), ("/v1/unknown", 404), ("/v1/i", 401)])
def test_a_refusal_can_be_read_by_a_page(source, path, status):
    answer = source.post(path, {}, ORIGIN)

    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]


def test_a_failure_can_be_read_by_a_page(source):
    answer = source.post("/v1/batch", b"no gzip", {**basic(), **ORIGIN, "Content-Encoding": "gzip"})

    assert answer.status_code == 500
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]


def test_the_calls_of_custify_are_not_opened_to_pages(source):
    answer = source.client.options("/people", headers=ORIGIN)

    assert [name for name, _ in answer.headers if name.startswith("Access-Control")] == []


@pytest.mark.parametrize(
    "path", ["/sourceConfig", "/sourceConfig/", "/custom/path/sourceConfig/", "/custom/sourceConfig"]
)
def test_the_source_config_has_what_the_browser_sdk_needs(source, path):
    answer = source.client.get(f"{path}?p=npm&writeKey={KEY}", headers=ORIGIN)

    found = answer.json["source"]
    assert (found["config"], found["destinations"], found["enabled"]) == ({}, [], True)
    assert found["id"] is not None
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]


def test_the_source_config_of_a_disabled_source_says_so(source):
    source.configure(enabled=False)

    answer = source.client.get("/sourceConfig/", headers=basic())

    assert answer.json["source"]["enabled"] is False


def test_the_source_config_needs_a_key(source):
    answer = source.client.get("/sourceConfig/")

    assert told(answer) == (401, "failed to read writekey from query params\n")


@pytest.mark.parametrize("prefix", ["", "/cdn", "/a/b"])
def test_segments_browser_sdk_is_told_to_send_here(source, prefix):
    answer = source.client.get(f"{prefix}/v1/projects/k1/settings", headers={"Host": "localhost:8765"})

    told_to = {"apiKey": "k1", "apiHost": "localhost:8765/v1", "protocol": "http"}
    assert answer.json == {"integrations": {"Segment.io": told_to}}


def test_segments_browser_sdk_is_told_to_send_by_https_where_the_server_speaks_it(source):
    answer = source.client.get("/v1/projects/k1/settings", base_url="https://localhost:8765")

    assert answer.json["integrations"]["Segment.io"]["protocol"] == "https"


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("i", "identify"),
        ("t", "track"),
        ("g", "group"),
        ("p", "page"),
        ("s", "screen"),
        ("a", "alias"),
    ],
)
def test_segments_short_paths_take_one_message(source, letter, kind):
    answer = source.post(f"/v1/{letter}", {"userId": "u1"})

    assert told(answer) == (200, "ok")
    assert source.delivery()["processed"]["type"] == kind


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/t", {**TRACK, "writeKey": KEY}),
        ("/v1/b", {"batch": [TRACK], "writeKey": KEY}),
        ("/v1/b", {"batch": [{**TRACK, "writeKey": KEY}]}),
    ],
)
def test_segments_key_may_stand_in_the_body(source, path, body):
    answer = source.post(path, body, {})

    assert told(answer) == (200, "ok")
    assert source.delivery()["status"] == "delivered"


def test_segments_key_in_the_header_wins_over_the_one_in_the_body(source):
    source.post("/v1/t", {**TRACK, "writeKey": "another-key"})

    assert source.delivery()["status"] == "delivered"


@pytest.mark.parametrize("body", [TRACK, b"no json", [1]])
def test_a_short_path_without_any_key_is_refused(source, body):
    answer = source.post("/v1/t", body, {})

    assert told(answer) == (401, "failed to read writekey from header\n")


def test_the_write_key_in_a_message_goes_no_further(source):
    source.post("/v1/t", {**TRACK, "writeKey": KEY})

    assert KEY not in str(source.deliveries())


def test_the_write_key_in_a_refused_message_is_not_shown(source):
    source.post("/v1/t", {"event": "E", "writeKey": KEY})

    assert source.delivery()["message"] == {"event": "E", "type": "track"}


def test_a_pixel_of_a_disabled_source_is_refused(source):
    source.configure(enabled=False)

    source.client.get(f"/pixel/v1/track?writeKey={KEY}&userId=u1&event=Seen")

    assert source.delivery()["reason"] == "source is disabled"


@pytest.mark.parametrize("query", [{}, {"writeKey": KEY}, {"writeKey": KEY, "userId": "u1", "event": "Seen"}])
def test_a_pixel_is_always_a_picture(source, query):
    answer = source.client.get(f"/pixel/v1/track?{urlencode(query)}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/gif")
    assert answer.data.startswith(b"GIF89a")


def test_the_address_of_a_pixel_is_a_message(source):
    source.client.get(f"/pixel/v1/track?writeKey={KEY}&userId=u1&event=Seen&properties.plan=pro")

    assert source.state()["events"][0]["metadata"] == {"plan": "pro"}


@pytest.mark.parametrize("other", ["type=identify", "type.of=identify"])
def test_the_path_of_a_pixel_decides_the_type_of_its_message(source, other):
    source.client.get(f"/pixel/v1/track?writeKey={KEY}&userId=u1&event=Seen&{other}")

    assert source.delivery()["processed"]["type"] == "track"


def test_a_member_of_a_pixel_is_nested_no_deeper_than_can_be_shown(source):
    name = "properties" + ".a" * 2000

    source.client.get(f"/pixel/v1/track?writeKey={KEY}&userId=u1&event=Seen&{name}=1")

    assert source.delivery()["status"] == "delivered"


def test_what_stands_in_the_way_of_a_pixels_member_gives_way(source):
    query = f"writeKey={KEY}&userId=u1&event=Seen&properties=x&properties.plan=pro"

    source.client.get(f"/pixel/v1/track?{query}")

    assert source.delivery()["processed"]["properties"] == {"plan": "pro"}


def test_a_page_of_a_pixel_without_a_name_is_an_unknown_page(source):
    addresses = [f"/pixel/v1/page?writeKey={KEY}&userId=u1{more}" for more in ("", "&name=Home")]

    [source.client.get(address) for address in addresses]

    assert [found["processed"]["name"] for found in source.deliveries()] == ["Unknown Page", "Home"]


@pytest.mark.parametrize("path", ["/health", "/"])
def test_health_says_that_it_is_up(source, path):
    answer = source.client.get(path, headers=ORIGIN)

    assert answer.json["server"] == "UP"
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]


def test_the_version_is_told(source):
    answer = source.client.get("/version")

    assert answer.json["Version"]
