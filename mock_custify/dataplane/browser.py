"""What the browser SDKs ask for before they send anything: where to, and what else there is.

Source: data plane, section 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_custify.dataplane.data_plane import opened_workspace
from mock_custify.dataplane.gateway import GatewayError, basic_user

if TYPE_CHECKING:
    from mock_custify.api import Call


def source_config(call: Call) -> dict[str, Any]:
    """Return the source as RudderStack's SDK wants it; no destination is loaded into the page.

    The write key is in the query or in the header. Raises GatewayError.
    """
    key = call.query.get("writeKey", "").strip() or basic_user(call)
    if not key:
        raise GatewayError(401, "failed to read writekey from query params")
    with opened_workspace(call.backend.store, key) as workspace:
        enabled = workspace.destination.enabled
    source = {"id": "mock-custify", "name": "mock-custify", "enabled": enabled, "config": {}}
    return {"source": {**source, "destinations": []}}


def segment_settings(call: Call, write_key: str) -> dict[str, Any]:
    """Return the settings that send the messages of Segment's SDK here. Raises GatewayError."""
    opened_workspace(call.backend.store, write_key)
    host = call.header("Host") or f"{call.environ['SERVER_NAME']}:{call.environ['SERVER_PORT']}"
    scheme = call.environ.get("wsgi.url_scheme", "http")
    return {
        "integrations": {"Segment.io": {"apiKey": write_key, "apiHost": f"{host}/v1", "protocol": scheme}}
    }
