"""The key in a header Authorization. Blanks around a key are ignored everywhere."""

from __future__ import annotations

from base64 import b64decode


def bearer_of(header: str) -> str:
    """Return the key of the scheme Bearer, "" if there is none."""
    scheme, _, key = header.partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def basic_user_of(header: str) -> str:
    """Return the user of the scheme Basic, which is a write key, "" if there is none."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(token.strip(), validate=True).decode("utf-8").partition(":")[0].strip()
    except ValueError:
        return ""
