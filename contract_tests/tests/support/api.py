"""Calls of the fake in a test, in process and without any of its rules."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import Client

from mock_custify import create_app
from mock_custify.workspace import Store, Workspace


@dataclass
class Api:
    """A client with a key; `status` is that of the last answer."""

    key: str = "k"
    client: Client = field(default_factory=lambda: Client(create_app(Store())))
    status: int = 0

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Return the JSON of an answer; a parameter that is no text is sent as JSON text."""
        given = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in query.items()
        }
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body)
        answer = self.client.open(path, method=method, headers=headers, data=data, query_string=given or None)
        self.status = answer.status_code
        return json.loads(answer.get_data())

    def get(self, path: str, **query: Any) -> Any:
        """Return what GET answers."""
        return self.call("GET", path, **query)

    def post(self, path: str, body: Any, **query: Any) -> Any:
        """Return what POST answers."""
        return self.call("POST", path, body, **query)

    def put(self, path: str, body: Any) -> Any:
        """Return what PUT answers."""
        return self.call("PUT", path, body)

    def delete(self, path: str, **query: Any) -> Any:
        """Return what DELETE answers."""
        return self.call("DELETE", path, **query)

    def person(self, **fields: Any) -> str:
        """Upsert a person and return the internal id."""
        return str(self.post("/people", {"user_id": "u1", **fields})["id"])

    def company(self, **fields: Any) -> str:
        """Upsert a company and return the internal id."""
        return str(self.post("/company", {"company_id": "g1", **fields})["id"])

    def freeze(self, moment: str) -> None:
        """Stop the clock of the workspace."""
        self.put("/_mock/clock", {"freeze": moment})


def workspace_of(store: Store, key: str = "k") -> Workspace:
    """Return a workspace for a look at it, when no other thread uses it."""
    with store.open(key) as workspace:
        return workspace


def asked(name: str, kind: str, operator: str, value: Any = None) -> list[dict[str, Any]]:
    """Return one filter, in the array that the API takes."""
    return [{"fieldName": name, "fieldType": kind, "filterType": operator, "filterValue": value}]
