"""The values of messages and records, in small pools, so that messages meet in the same records.

The first entry of each pool is the simplest one: failing cases shrink to it.
"""

from typing import Final

USERS: Final[tuple[str | int, ...]] = ("u1", "u2", "ü 3", 77)
GROUPS: Final[tuple[str | int, ...]] = ("g1", "g2", "日本/4", 42)
USER_IDS: Final = tuple(map(str, USERS))  # as Custify stores them
COMPANY_IDS: Final = tuple(map(str, GROUPS))
ANONYMOUS: Final = ("a1", "a2")
EMAILS: Final = {
    "u1": "u1@example.com",
    "u2": "u2@example.com",
    "ü 3": "u3@example.com",
    "77": "n77@example.com",
}
FRESH_EMAILS: Final = ("new@example.com", "neu+1@example.com")
MESSAGE_IDS: Final = tuple(f"m{number}" for number in range(1, 9))
NAMES: Final = ("Ann", "Ünal", "李")
COMPANY_NAMES: Final = ("Acme", "Größe AG")
INDUSTRIES: Final = ("Retail", "製造")
PLANS: Final = ("Pro", "Free")
PHONES: Final = ("555 0100", "+49 30 1")
COUNTS: Final = (0, 7, 12)
FLAGS: Final = (False, True)
DATES: Final = ("2026-01-31T12:00:00.000Z", "2025-12-01T00:00:00.000Z", "2024-05-06T07:08:09.123Z")
TIMES: Final = ("2026-03-02T09:00:00.000Z", "2026-03-02T09:00:01.500Z", "2026-03-03T23:59:59.999Z")
EVENTS: Final = ("Order Completed", "Signed Up", "Exporté")
SCALARS: Final = ("Pro", 0, False, 12.5, True, "日本", 7)
UNSTORABLE: Final = ({"a": 1}, [1, "x"], None)
UNMAPPED: Final = ("country", "größe", "plan_2", "betaTester")  # names of traits that no table maps
