"""Bodies that are small on the wire and large in memory: they are refused before they cost anything."""

import gzip
import json
import zlib
from base64 import b64encode

import msgspec
import pytest

from mock_custify import create_app
from mock_custify.api import request as requests_
from mock_custify.api.request import MOST_ENTRIES, has_more_entries
from mock_custify.dataplane import content_encoding, gateway
from mock_custify.workspace import Store

BEARER = {"Authorization": "Bearer k", "Content-Type": "application/json"}
BASIC = {"Authorization": f"Basic {b64encode(b'k:').decode()}"}
PACKED = {"Content-Encoding": "gzip"}
EMPTY = gzip.compress(b"", mtime=0)
MANY = b"[" + b"[]," * 600_000 + b"[]]"
DATA_PLANE = ["/v1/batch", "/v1/import", "/v1/identify", "/v1/b", "/v1/i", "/beacon/v1/batch?writeKey=k"]
SERVICE = ["/v0/destinations/custify", "/v0/destinations/custify/proxy", "/routerTransform", "/deleteUsers"]


@pytest.fixture
def client():
    return create_app().test_client()


@pytest.fixture
def members(monkeypatch):
    """The members that are unpacked."""
    found = []
    unpack = zlib.decompressobj
    monkeypatch.setattr(
        content_encoding.zlib, "decompressobj", lambda kind: found.append(kind) or unpack(kind)
    )
    return found


@pytest.mark.parametrize("path", [*DATA_PLANE, *SERVICE])
def test_a_body_of_many_gzip_members_is_refused_after_some(client, members, path):
    headers = BASIC | PACKED

    answer = client.post(path, data=EMPTY * 20_000, headers=headers)

    assert (answer.status_code, len(members) <= 2 * content_encoding.MOST_MEMBERS) == (413, True)


def test_a_body_of_some_gzip_members_is_joined(client):
    text = b'{"batch":[{"type":"identify","userId":"u1"}]}'
    packed = b"".join(gzip.compress(text[start : start + 1]) for start in range(len(text)))

    answer = client.post("/v1/batch", data=packed, headers=BASIC | PACKED)

    assert answer.status_code == 200


@pytest.mark.parametrize("text", [b"x", b"x" * 200_000])
@pytest.mark.parametrize("cut", [1, 4, 9])
def test_a_gzip_body_that_is_cut_off_is_refused(client, text, cut):
    answer = client.post("/v1/batch", data=gzip.compress(text)[:-cut], headers=BASIC | PACKED)

    assert (answer.status_code, answer.text) == (500, "failed to read body from request\n")


def test_a_gzip_body_larger_than_a_piece_is_unpacked_whole():
    noise = b"".join(zlib.crc32(b"%d" % number).to_bytes(4, "big") for number in range(60_000))

    body = gzip.compress(noise) + gzip.compress(b"end")

    assert content_encoding.decoded(body, "gzip", gateway.LARGEST_BODY) == noise + b"end"


def test_no_more_is_unpacked_than_a_body_may_have(client, monkeypatch):
    monkeypatch.setattr(gateway, "LARGEST_BODY", 1000)
    body = gzip.compress(bytes(999)) + gzip.compress(bytes(10**7))

    answer = client.post("/v1/batch", data=body, headers=BASIC | PACKED)

    assert (answer.status_code, answer.text) == (413, "request size exceeds max limit\n")


@pytest.mark.parametrize("path", [*DATA_PLANE, *SERVICE])
@pytest.mark.parametrize("packed", [True, False])
def test_a_body_of_many_values_is_refused_before_it_is_read(client, path, packed, monkeypatch):
    monkeypatch.setattr(gateway, "json_body", None)
    monkeypatch.setattr("custify_transformer.service.server.decode", None)
    headers = BASIC | (PACKED if packed else {})

    answer = client.post(path, data=gzip.compress(MANY) if packed else MANY, headers=headers)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/people"),
        ("POST", "/event"),
        ("POST", "/batch"),
        ("PUT", "/_mock/faults"),
        ("POST", "/_mock/verify"),
    ],
)
def test_a_body_of_many_values_is_refused_on_every_call_with_json(client, method, path):
    answer = client.open(path, method=method, data=MANY, headers=BEARER)

    text = f"the body has too many parts: at most {MOST_ENTRIES} values are accepted"
    assert (answer.status_code, answer.json) == (413, {"error": text})


def test_a_state_may_have_as_many_values_as_its_size_makes_likely(client, monkeypatch):
    monkeypatch.setattr(requests_, "MOST_ENTRIES", 10)
    state = {"people": [{"user_id": f"u{number}"} for number in range(1000)]}

    answer = client.put("/_mock/state", json=state, headers=BEARER)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ([1, 2, 3], 3),
        ({"a": {"b": [None, "x,[{"]}}, 4),
        (["\\", '"', ',[{"\\', "\\\\"], 4),
        (["[[[,,,"], 1),
    ],
)
@pytest.mark.parametrize("encode", [msgspec.json.encode, lambda value: json.dumps(value, indent=2).encode()])
def test_values_are_counted_outside_of_strings(value, count, encode):
    text = encode(value)

    assert (has_more_entries(text, count), has_more_entries(text, count - 1)) == (False, True)


def test_a_batch_has_at_most_ten_thousand_messages(client):
    batch = {"batch": [{"type": "alias", "userId": "u"}] * 10_001}

    answer = client.post("/v1/batch", json=batch, headers=BASIC)

    assert (answer.status_code, answer.text) == (413, "request size exceeds max limit\n")


@pytest.mark.parametrize("path", ["/v0/destinations/custify", "/routerTransform"])
def test_a_call_of_the_service_has_at_most_ten_thousand_events(client, path):
    events = [[]] * 10_001
    body = events if path.startswith("/v0") else {"input": events, "destType": "custify"}

    answer = client.post(path, json=body)

    assert (answer.status_code, answer.json["error"]) == (413, "Payload Too Large")


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/identify", "/beacon/v1/batch?writeKey=wrong"])
def test_nothing_is_unpacked_for_a_wrong_key(members, path):
    client = create_app(Store(["right-key"])).test_client()

    answer = client.post(path, data=EMPTY, headers=BASIC | PACKED)

    assert (answer.status_code, members) == (401, [])
