"""A stateful, in-memory fake of Custify's people, company and event APIs."""

from mock_custify.app import create_app

__all__ = ["create_app"]
