"""Turn RudderStack messages into requests to Custify's API: pure functions, no network, no state."""

from custify_transformer.destination import Destination
from custify_transformer.errors import (
    ConfigurationError,
    InstrumentationError,
    JavaScriptTypeError,
    TransformError,
)
from custify_transformer.profiles import PROFILES, transform
from custify_transformer.request import HttpRequest

__all__ = [
    "PROFILES",
    "ConfigurationError",
    "Destination",
    "HttpRequest",
    "InstrumentationError",
    "JavaScriptTypeError",
    "TransformError",
    "transform",
]
