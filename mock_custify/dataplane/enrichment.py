"""What the gateway adds to a message. Source: data plane, "What the gateway adds to each event"."""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from mock_custify.dataplane.gateway import id_text

if TYPE_CHECKING:
    from mock_custify.api import Call
    from mock_custify.dataplane.gateway import Message


def enriched(message: Message, ids: tuple[str, str], received_at: str, address: str, key: str) -> Message:
    """Return a copy of `message` with its messageId, rudderId, receivedAt and request_ip.

    `ids` are as `ids_of` gives them. The write key that Segment's browser SDK repeats in each message is
    taken out: it is a secret here.
    """
    whole = {
        **message,
        "messageId": message_id(message.get("messageId")),
        "rudderId": rudder_id(*ids),
        "receivedAt": message.get("receivedAt", received_at),
        "request_ip": message.get("request_ip", address),
    }
    if whole.get("writeKey") == key:
        del whole["writeKey"]
    return whole


def message_id(given: Any) -> str:
    """Return the messageId: the given one without invisible characters, a fresh one when that is no text."""
    return (id_text(given) if isinstance(given, str) else "") or str(uuid4())


def rudder_id(user: str, anonymous: str) -> str:
    """Return the id that RudderStack derives from both ids of a person."""
    digest = bytearray(md5(f"{user}:{anonymous}".encode(), usedforsecurity=False).digest())
    digest[6] = digest[6] & 0x0F | 0x40
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def ids_of(message: Message) -> tuple[str, str]:
    """Return userId and anonymousId as text, "" for one that is missing."""
    return id_text(message.get("userId")), id_text(message.get("anonymousId"))


def ordering_key(ids: tuple[str, str], header: str) -> str:
    """Return the key that keeps the messages of one person in order.

    `ids` are as `ids_of` gives them, `header` is the AnonymousId header. Somebody seen first without and then
    with a userId is two people here.
    """
    user, anonymous = ids
    return f"{header}<<>>{anonymous or user}<<>>{user}"


def address_of(call: Call) -> str:
    """Return where a call comes from: the first of X-Forwarded-For, else the peer."""
    forwarded = call.header("X-Forwarded-For").partition(",")[0].strip()
    return forwarded or str(call.environ.get("REMOTE_ADDR", ""))
