"""The limits: each refuses with a text that names it, and changes nothing."""

from dataclasses import asdict, fields

import pytest
from click.testing import CliRunner

from mock_custify import create_app
from mock_custify.cli import main
from mock_custify.limits import Limits
from mock_custify.server.server import ServerThread
from support.api import workspace_of
from support.paths import ROOT
from support.sockets import exchange, request

HEADERS = {"Authorization": "Bearer limits-key"}
SMALL = Limits(
    body=2000, head=2000, depth=4, attributes=2, attribute_text=10, journal=3, deliveries=2, workspaces=2
)


@pytest.fixture
def client():
    return create_app(limits=SMALL).test_client()


@pytest.fixture
def server():
    running = ServerThread(create_app())
    yield running
    running.stop()


def upsert(client, **attributes):
    return client.post("/people", headers=HEADERS, json={"user_id": "u1", "custom_attributes": attributes})


def test_a_body_of_10_megabytes_is_refused_and_nothing_changes(server):
    exchange(server.url, request("POST", "/people", b'{"user_id":"kept"}'))
    large = b'{"user_id":"large","name":"%b"}' % (b"x" * 10_000_000)

    answer = exchange(server.url, request("POST", "/people", large))[0]

    assert answer.status == 413
    assert answer.json["error"].endswith("bytes, at most 5242880 are accepted")
    assert exchange(server.url, request("GET", "/people/all"))[0].json[0]["total"] == 1


def test_a_connection_goes_on_after_a_body_that_was_too_long(server):
    large = request("POST", "/people", b"x" * 10_000_000)

    answers = exchange(server.url, large, request("GET", "/people/all"))

    assert [answer.status for answer in answers] == [413, 200]


def test_a_chunked_body_that_is_too_long_is_refused(server):
    head = request("POST", "/people", b"", "Transfer-Encoding: chunked")
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"

    answers = exchange(server.url, head, *[chunk] * 6, b"0\r\n\r\n")

    assert [answer.status for answer in answers] == [413]


@pytest.mark.parametrize("head", [b"X: y\r\n" * 20_000, b"X: " + b"y" * 500_000, b"GET /" + b"y" * 500_000])
def test_a_head_that_is_too_long_is_refused(server, head):
    answers = exchange(server.url, b"GET / HTTP/1.1\r\n" * (head[:3] != b"GET") + head, b"\r\n\r\n")

    assert [answer.status for answer in answers] == [431]
    assert answers[0].json["error"] == "the request line and headers are larger than 65536 bytes"


def test_a_head_within_the_limit_is_taken_in_whatever_pieces_it_comes(server):
    answers = exchange(server.url, b"GET /health HTTP/1.1\r\nX: " + b"y" * 40_000, b"\r\nHost: x\r\n\r\n")

    assert [answer.status for answer in answers] == [200]


def test_a_body_longer_than_the_limit_is_refused_by_any_wsgi_server(client):
    answer = client.post("/people", headers=HEADERS, data=b"x" * 2001)

    assert (answer.status_code, answer.json["error"]) == (
        413,
        "the body has 2001 bytes, at most 2000 are accepted",
    )


@pytest.mark.parametrize("nested", ["[[[[1]]]]", '{"a":{"b":[{"]":1}]}}'])
def test_a_body_nested_too_deeply_is_refused(client, nested):
    answer = client.post("/people", headers=HEADERS, data=f'{{"user_id":"u","unknown":{nested}}}')

    assert answer.status_code == 400
    assert answer.json["error"] == "the body is nested too deeply: at most 4 levels are accepted"


def test_brackets_within_text_and_side_by_side_are_not_depth(client):
    data = '{"user_id":"[[[[[[\\"[[[[","unknown":[[],[],[],[],[[1]]]}'

    answer = client.post("/people", headers=HEADERS, data=data)

    assert answer.status_code == 200


def test_one_custom_attribute_too_many_is_refused(client):
    upsert(client, a=1, b=2)

    answer = upsert(client, c=3)

    assert answer.json["error"] == "custom_attributes: at most 2 are accepted, the record would have 3"
    assert client.get("/people?user_id=u1", headers=HEADERS).json[0]["people"][0]["custom_attributes"] == {
        "a": 1,
        "b": 2,
    }


def test_a_custom_attribute_makes_room_when_another_goes(client):
    upsert(client, a=1, b=2)

    answer = upsert(client, a=None, c=3)

    assert answer.json["custom_attributes"] == {"b": 2, "c": 3}


def test_a_custom_attribute_that_is_too_long_is_refused(client):
    answer = upsert(client, long="x" * 11)

    assert answer.status_code == 400
    assert answer.json["error"] == "custom_attributes.long must have at most 10 characters, got 11"


def test_a_company_has_the_same_limits(client):
    body = {"company_id": "c1", "custom_attributes": {"a": 1, "b": 2, "c": 3}}

    answer = client.post("/company", headers=HEADERS, json=body)

    assert answer.status_code == 400


def test_one_workspace_too_many_is_refused_and_the_others_stay_open(client):
    upsert(client)
    client.post("/people", headers={"Authorization": "Bearer second"}, json={"user_id": "u2"})

    answer = client.get("/people/all", headers={"Authorization": "Bearer third"})

    assert answer.status_code == 401
    assert "the most that this server opens" in answer.json["error"]
    assert client.get("/people/all", headers=HEADERS).json[0]["total"] == 1


def test_the_journal_and_the_deliveries_keep_the_newest():
    workspace = workspace_of(create_app(limits=SMALL).store, "k")

    kept = workspace.journal.size, workspace.deliveries.most

    assert kept == (3, 2)


def test_every_limit_is_documented():
    text = (ROOT / "docs" / "limits.md").read_text()

    missing = [field.name for field in fields(Limits) if f"`{field.name}`" not in text]

    assert missing == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("bodies=1", "there is no limit 'bodies'"),
        ("body=0", "the limit body must be at least 1"),
        ("body=much", "'body' needs a whole number"),
        ("body", "'body' needs a whole number"),
    ],
)
def test_a_limit_that_cannot_be_set_is_bad_usage(change, text):
    result = CliRunner().invoke(main, ["serve", "--limit", change])

    assert (result.exit_code, text in result.stderr) == (2, True)


@pytest.mark.parametrize(("size", "status"), [(2000, 200), (2001, 413)])
def test_a_body_of_just_the_limit_is_taken_and_one_byte_more_is_not(client, size, status):
    body = b'{"user_id":"u1"}'.ljust(size)

    answer = client.post("/people", headers=HEADERS, data=body)

    assert (len(body), answer.status_code) == (size, status)


def test_a_custom_attribute_of_just_the_limit_is_taken(client):
    assert upsert(client, long="x" * 10).json["custom_attributes"] == {"long": "x" * 10}


@pytest.mark.parametrize("path", ["/people", "/company"])
def test_null_and_known_attributes_do_not_count_as_more(client, path):
    named = {"user_id": "u1", "company_id": "c1"}
    client.post(path, headers=HEADERS, json={**named, "custom_attributes": {"a": 1, "b": 2}})

    answer = client.post(path, headers=HEADERS, json={**named, "custom_attributes": {"a": 3, "c": None}})

    assert answer.json["custom_attributes"] == {"a": 3, "b": 2}


def test_a_refused_attribute_leaves_no_field_behind(client):
    upsert(client, a=1, b=2, c=3)

    names = [field["name"] for field in client.get("/customer/attributes", headers=HEADERS).json]

    assert [name for name in names if name.startswith("custom_attributes")] == []


def test_the_limits_are_those_of_the_documentation_unless_they_are_changed():
    assert asdict(Limits()) == {
        "body": 5_242_880,
        "head": 65_536,
        "depth": 64,
        "idle": 75,
        "attributes": 250,
        "attribute_text": 255,
        "journal": 1_000,
        "deliveries": 2_000,
        "delivery_bytes": 33_554_432,
        "queue": 10_000,
        "queue_bytes": 67_108_864,
        "fault_bytes": 16_777_216,
        "snapshot_records": 1_000_000,
        "files": 67_108_864,
        "workspaces": 10_000,
    }
