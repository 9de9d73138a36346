"""Bodies in the encodings that clients use, and in those that nobody reads here."""

import gzip
import zlib

import msgspec
import pytest

from mock_custify.dataplane import gateway
from mock_custify.dataplane.content_encoding import decoded
from support.dataplane import Source, basic
from support.delivery_cases import identify

BODY = msgspec.json.encode({"batch": [identify("u1")]})
RAW = zlib.compress(BODY, wbits=-15)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("GZIP", gzip.compress(BODY, mtime=0)),
        ("x-gzip", gzip.compress(BODY, mtime=0)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", RAW),
        ("identity", BODY),
        ("", BODY),
        ("identity, gzip", gzip.compress(BODY, mtime=0)),
        ("deflate, gzip", gzip.compress(zlib.compress(BODY), mtime=0)),
    ],
)
def test_a_body_in_this_encoding_is_read(encoding, body):
    source = Source()

    answer = source.post("/v1/batch", body, {**basic(), "Content-Encoding": encoding})

    assert (answer.status_code, source.delivery()["status"]) == (200, "delivered")


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", ", ".join(["gzip"] * 5)])
def test_another_encoding_is_refused_and_the_delivery_says_why(encoding):
    source = Source()

    answer = source.post("/v1/batch", BODY, {**basic(), "Content-Encoding": encoding})

    assert (answer.status_code, answer.get_data(as_text=True)) == (400, "invalid json\n")
    assert source.delivery()["reason"].startswith("invalid json: the Content-Encoding ")


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate"])
@pytest.mark.parametrize(
    "body", [b"", b"{}", gzip.compress(BODY, mtime=0)[:-9], zlib.compress(BODY)[:-5], RAW[:-5]]
)
def test_a_broken_body_is_refused(encoding, body):
    answer = Source().post("/v1/batch", body, {**basic(), "Content-Encoding": encoding})

    assert answer.status_code == 500


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", gzip.compress(b"x" * 1001, mtime=0)), ("deflate", zlib.compress(b"x" * 1001))],
)
def test_what_unpacks_to_too_much_is_given_up(encoding, body):
    with pytest.raises(OverflowError):
        decoded(body, encoding, 1000)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_refused_for_its_size(pack):
    encoding = "gzip" if pack is gzip.compress else "deflate"

    answer = Source().post(
        "/v1/batch", pack(b" " * (gateway.LARGEST_BODY + 1)), {**basic(), "Content-Encoding": encoding}
    )

    assert answer.status_code == 413
