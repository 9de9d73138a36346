"""The rules of the documentation page and of docs/decisions.md as a model: message to expected requests.

The model is written from the documents, in plain dicts. It takes nothing from the transformer, so a fault
there cannot hide itself here.
"""

from custify_contract.rules.requests import Expected, expected_requests
from custify_contract.rules.values import DERIVED

__all__ = ["DERIVED", "Expected", "expected_requests"]
