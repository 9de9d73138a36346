"""RudderStack messages become the calls that Custify understands: pure, without network or state."""

from transformer.destination import Destination
from transformer.errors import ConfigurationError, InstrumentationError, JavaScriptTypeError, TransformError
from transformer.profiles import PROFILES
from transformer.request import HttpRequest
from transformer.transform import transform

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
