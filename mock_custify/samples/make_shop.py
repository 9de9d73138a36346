"""Writes the sample archive of an invented shop: `python -m mock_custify.samples.make_shop FOLDER`.

The seed is fixed, so the files are the same each time. Nothing in them is real: names are made of lists,
emails end in example.com, phone numbers are from ranges that are never assigned.
"""

from __future__ import annotations

import gzip
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec

from mock_custify.values import iso

SEED: Final = 7
SOURCE: Final = "2shopSource"
FIRST: Final = datetime(2026, 3, 2, 6, tzinfo=UTC)
DAYS: Final = 6
HOURS: Final = (8, 9, 10, 14)
MESSAGES: Final = 16  # in a file
NAMES: Final = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana", "Ivo", "Jo", "Kim", "Leo")
COMPANIES: Final = ("Nordlicht Bikes", "Hafen Coffee", "Alpine Gear", "Blue Door Books", "Kite Works")
PAGES: Final = ("Home", "Bikes", "Checkout")
EVENTS: Final = ("Product Viewed", "Order Completed", "Order Completed", "Coupon Used", "Signed In")


def shop_files() -> dict[str, bytes]:
    """Return the files of the archive by their path, in the layout of RudderStack's event archive."""
    random = Random(SEED)  # noqa: S311 - no secret
    files, number = {}, 0
    for day in range(DAYS):
        for hour in HOURS:
            start = FIRST.replace(hour=hour) + timedelta(days=day)
            lines = []
            for index in range(MESSAGES):
                number += 1
                lines.append(line(random, number, start + timedelta(seconds=index * 70)))
            files[path_of(start)] = b"".join(msgspec.json.encode(one) + b"\n" for one in lines)
    return files


def path_of(start: datetime) -> str:
    """Return the path of the file whose first message came in at `start`."""
    first = int(start.timestamp())
    name = f"{first}_{first + (MESSAGES - 1) * 70}_shop_{first:08x}.json.gz"
    return f"{SOURCE}/gw/{start:%Y-%m-%d}/{start.hour}/gateway-0/{name}"


def line(random: Random, number: int, moment: datetime) -> dict[str, Any]:
    """Return a line of the archive."""
    user = random.randrange(len(NAMES) * 2)
    message = message_of(random, user, number)
    message |= {
        "messageId": f"shop-{number if random.randrange(40) else number - 1:04}",
        "channel": "web",
        "anonymousId": f"visitor-{user:02}",
        "originalTimestamp": iso(moment - timedelta(seconds=2)),
        "receivedAt": iso(moment),
    }
    return {
        "userId": message.get("userId", ""),
        "payload": message,
        "createdAt": iso(moment),
        "messageId": message["messageId"],
    }


def message_of(random: Random, user: int, number: int) -> dict[str, Any]:
    """Return what one user of the shop does, without ids and times."""
    kind = random.choice((identify, group, track, track, track, page))
    found = kind(random, user, number)
    return found if random.randrange(12) == 0 else {**found, "userId": f"user-{user:02}"}


def identify(random: Random, user: int, number: int) -> dict[str, Any]:
    """Return an identify; now and then a visitor gives no email, or types too much into a field."""
    name = NAMES[user % len(NAMES)]
    traits: dict[str, Any] = {
        "name": f"{name} Example",
        "sessionCount": number // 9,
        "newsletter": number % 3 == 0,
    }
    if random.randrange(4):
        traits["email"] = f"{name.lower()}{user}@example.com"
    if random.randrange(5) == 0:
        traits["backupContact"] = f"{name.lower()}@example.org"
    if random.randrange(6) == 0:
        traits["deliveryPhone"] = f"+1 555 01{user:02} {number:03}"
    if random.randrange(20) == 0:
        traits["note"] = "please ring twice " * 20
    traits["lastVisit"] = "2026-03-01" if random.randrange(5) else "yesterday"
    return {"type": "identify", "context": {"traits": traits}}


def group(random: Random, user: int, number: int) -> dict[str, Any]:  # noqa: ARG001 - as the others
    """Return a group; colleagues do not always agree about the plan of their company."""
    company = user % len(COMPANIES) if random.randrange(10) else random.randrange(len(COMPANIES))
    traits: dict[str, Any] = {"name": COMPANIES[company], "plan": random.choice(("Free", "Free", "Pro"))}
    if random.randrange(3) == 0:
        traits["size"] = 10 * (1 + company)
    found: dict[str, Any] = {"type": "group", "groupId": f"shop-{company}", "traits": traits}
    if random.randrange(12) == 0:
        del found["groupId"]
    if random.randrange(8) == 0:
        found["context"] = {"traits": {"company": {"id": f"shop-{company}", "remove": True}}}
    return found


def track(random: Random, user: int, number: int) -> dict[str, Any]:
    """Return a track; the value of an order may be 0."""
    properties = {"value": random.choice((0, 15, 49, 120)), "currency": "EUR", "coupon": ""}
    if user % 7 == 0:
        properties["order"] = f"order-{number}"
    return {"type": "track", "event": random.choice(EVENTS), "properties": properties}


def page(random: Random, user: int, number: int) -> dict[str, Any]:  # noqa: ARG001 - as the others
    """Return a page, which Custify does not support."""
    return {"type": "page", "name": random.choice(PAGES)}


def write_shop(folder: Path) -> None:
    """Write the archive into a folder."""
    for path, content in shop_files().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    write_shop(Path(sys.argv[1]))
