"""How HTTP reaches the rules: calls, answers, routes and the server; nothing here knows Custify."""

from mock_custify.api.endpoints import Endpoints
from mock_custify.api.request import Answer, Call
from mock_custify.api.routing import Route, Router

__all__ = ["Answer", "Call", "Endpoints", "Route", "Router"]
