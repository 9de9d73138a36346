"""RudderStack messages become the calls that Custify understands: pure, without network or state."""

from custify_transformer.destination import Destination
from custify_transformer.errors import (
    ConfigurationError,
    InstrumentationError,
    JavaScriptTypeError,
    TransformError,
)
from custify_transformer.profiles import PROFILES
from custify_transformer.request import HttpRequest
from custify_transformer.transform import transform

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
