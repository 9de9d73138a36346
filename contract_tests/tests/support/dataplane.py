"""An SDK's side of the data plane, for the tests: calls as SDKs make them, and what became of them."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import msgspec

from mock_custify.app import create_app
from mock_custify.workspace import Store

if TYPE_CHECKING:
    from mock_custify.dataplane.data_plane import DataPlaneOptions
    from mock_custify.limits import Limits

KEY = "write-key-1"


def basic(key: str = KEY) -> dict[str, str]:
    """Return the authorization that every server SDK sends."""
    return {"Authorization": f"Basic {b64encode(f'{key}:'.encode()).decode()}"}


def bearer(key: str = KEY) -> dict[str, str]:
    """Return the authorization of the Custify API and of the control API."""
    return {"Authorization": f"Bearer {key}"}


class Source:
    """An application with an SDK that writes with one key."""

    def __init__(
        self,
        store: Store | None = None,
        options: DataPlaneOptions | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.app = create_app(store or Store(limits=limits), data_plane=options)
        self.client = self.app.test_client()

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
        """Return the answer to a POST; `body` is JSON, or bytes that go as they are."""
        data = body if isinstance(body, bytes) else msgspec.json.encode(body)
        return self.client.post(path, data=data, headers=basic() if headers is None else headers)

    def send(self, *messages: Any) -> Any:
        """Return the answer to a batch of messages."""
        return self.post("/v1/batch", {"batch": messages})

    def know(self, *user_ids: str) -> None:
        """Put people on record, for Custify refuses an event of a person it does not know."""
        for user_id in user_ids:
            self.client.post("/people", json={"user_id": user_id}, headers=bearer())

    def configure(self, **settings: Any) -> Any:
        """Set the destination of the workspace."""
        return self.client.put("/_mock/destination", json=settings, headers=bearer())

    def control(self, method: str, path: str, **options: Any) -> Any:
        """Return the JSON of a control call."""
        return self.client.open(path, method=method, headers=bearer(), **options).json

    def deliveries(self, **query: Any) -> list[dict[str, Any]]:
        """Return what became of the messages, oldest first."""
        found: list[dict[str, Any]] = self.control("GET", "/_mock/deliveries", query_string=query)[
            "deliveries"
        ]
        return found

    def delivery(self) -> dict[str, Any]:
        """Return what became of the newest message."""
        return self.deliveries(limit=1)[0]

    def state(self) -> Any:
        """Return the whole workspace."""
        return self.control("GET", "/_mock/state")
