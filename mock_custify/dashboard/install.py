"""Puts the dashboard into an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.dashboard import pages, stream
from mock_custify.dashboard.contract import contract_endpoints
from mock_custify.dashboard.views import endpoints

if TYPE_CHECKING:
    from mock_custify.app import MockCustifyApp


def install(app: MockCustifyApp) -> None:
    """Make `app` serve the page, its calls and its live updates."""
    app.add_routes(endpoints.routes)
    app.add_routes(contract_endpoints().routes)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(stream.blueprint)
    app.extensions["mock_custify_streams"] = stream.Streams()
