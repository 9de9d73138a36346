"""What the tests of the dashboard in a browser use."""

from __future__ import annotations

from typing import Any, Final

import requests

GROUP: Final = {
    "type": "group",
    "userId": "u1",
    "groupId": "g1",
    "traits": {"name": "Acme"},
    "context": {"traits": {"name": "Ada", "email": "ada@example.com"}},
}


def show(page: Any, view: str) -> None:
    """Open a view and wait until it is drawn."""
    page.goto(f"/_mock/ui/#/{view}")
    page.wait_for_selector(f".view-{view.partition('/')[0].partition('?')[0]}:not([aria-busy])")


def call(server: Any, key: str, method: str, path: str, json: Any = None) -> Any:
    """Return the JSON of a call with a key."""
    headers = {"Authorization": f"Bearer {key}"}
    return requests.request(method, f"{server.url}{path}", json=json, headers=headers, timeout=30).json()


def send(server: Any, key: str, *messages: Any) -> None:
    """Send messages in one batch, as an SDK does."""
    requests.post(f"{server.url}/v1/batch", json={"batch": messages}, auth=(key, ""), timeout=30)


def people(number: int) -> list[dict[str, Any]]:
    """Return many people for a state."""
    return [{"user_id": f"u{index}", "name": f"Person {index:05}"} for index in range(number)]
