"""What every SDK sends in the tests, and what the workspace has to look like afterwards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import requests

from support.dataplane import bearer

if TYPE_CHECKING:
    from collections.abc import Mapping

BURST = 200
TRAITS = {"email": "a@example.com", "name": "Ann", "company": {"id": "c1"}, "logins": 3}
COMPANY = {"name": "Acme", "plan": "gold"}
PROPERTIES = {"plan": "pro", "trial": False}


def outcome(url: str, key: str) -> Mapping[str, Any]:
    """Return what the scenario left in a workspace, in short: records, links, and how messages fared."""
    state = requests.get(f"{url}/_mock/state", headers=bearer(key), timeout=60).json()
    found = requests.get(f"{url}/_mock/deliveries?limit=1000", headers=bearer(key), timeout=60).json()
    person = state["people"][0]
    return {
        "people": [one["user_id"] for one in state["people"]],
        "person": [person[name] for name in ("email", "name", "custom_attributes")],
        "companies": {one["company_id"]: (one["name"], one["plan"]) for one in state["companies"]},
        "links": {link["company_id"] for link in state["memberships"]},
        "metadata": [event["metadata"] for event in state["events"] if event["name"] == "Signed Up"],
        "burst": Counter(event["name"] for event in state["events"] if event["name"] != "Signed Up"),
        "fates": Counter(one["status"] for one in found["deliveries"]),
    }


EXPECTED: Mapping[str, Any] = {
    "people": ["u1"],
    "person": ["a@example.com", "Ann", {"logins": 3}],
    "companies": {"c1": (None, None), "77": ("Acme", "gold")},
    "links": {"c1", "77"},
    "metadata": [PROPERTIES],
    "burst": Counter(f"Burst {number}" for number in range(BURST)),
    "fates": {"delivered": BURST + 3},
}
