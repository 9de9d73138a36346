"""RudderStack's transformer service: HTTP requests in, HTTP responses out, as pure functions.

Source: recorded behaviour, sections 8 and 9.
"""

from custify_transformer.service.events import resolve_config, set_source_timestamp
from custify_transformer.service.exchange import ServiceRequest, ServiceResponse, UpstreamResponse, failure
from custify_transformer.service.printing import print_response
from custify_transformer.service.server import answer

__all__ = [
    "ServiceRequest",
    "ServiceResponse",
    "UpstreamResponse",
    "answer",
    "failure",
    "print_response",
    "resolve_config",
    "set_source_timestamp",
]
