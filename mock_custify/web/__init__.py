"""How HTTP reaches the rules: calls, answers, routes and the server; nothing here knows Custify."""

from mock_custify.web.call import Answer, Call
from mock_custify.web.endpoints import Endpoints
from mock_custify.web.routing import Route, Router

__all__ = ["Answer", "Call", "Endpoints", "Route", "Router"]
