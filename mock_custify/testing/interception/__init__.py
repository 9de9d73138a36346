"""Sends the calls of HTTP clients to a fake in the same process, without a socket."""

from mock_custify.testing.interception.clients import intercept_clients, newest_of
from mock_custify.testing.interception.intercepted_app import InterceptedApp

__all__ = ["InterceptedApp", "intercept_clients", "newest_of"]
