"""Puts the data plane and the transformer service into an application."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from mock_custify.dataplane.fallback import fallback_of
from mock_custify.dataplane.plane import DataPlane, DataPlaneOptions
from mock_custify.dataplane.routes import routes_of
from mock_custify.dataplane.transformer_service import transformer_routes

if TYPE_CHECKING:
    from mock_custify.app import MockCustifyApp


def install(app: MockCustifyApp, options: DataPlaneOptions | None = None) -> DataPlane:
    """Make `app` take messages, and return its data plane, which has to be closed with the server."""
    plane = DataPlane(app, options or DataPlaneOptions())
    app.add_routes(routes_of(plane, version("mock-custify")))
    app.add_routes(transformer_routes(app))
    app.register_blueprint(fallback_of(app))
    return plane
