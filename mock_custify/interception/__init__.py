"""Brings the calls of HTTP clients to a fake in the same process, without a socket."""

from mock_custify.interception.clients import intercepted
from mock_custify.interception.target import Target

__all__ = ["Target", "intercepted"]
