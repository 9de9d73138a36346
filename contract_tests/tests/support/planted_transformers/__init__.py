"""Faulty transformers: ours with one mistake, written as a change of the message or of the requests.

Each fault names the law that must find it, alone, with 100 examples. The faults know no code of the
transformer, so they stay true when it is rewritten.
"""

from support.planted_transformers.attributes import ATTRIBUTE_FAULTS
from support.planted_transformers.changes import Fault, FaultyTransformer
from support.planted_transformers.companies import COMPANY_FAULTS
from support.planted_transformers.deduplication import DEDUPLICATION_FAULTS
from support.planted_transformers.derived_ids import DERIVED_ID_FAULTS
from support.planted_transformers.events import EVENT_FAULTS
from support.planted_transformers.identity import IDENTITY_FAULTS
from support.planted_transformers.odd_ids import ODD_ID_FAULTS
from support.planted_transformers.requests import REQUEST_FAULTS
from support.planted_transformers.rows import ROW_FAULTS

TRANSFORMER_FAULTS = (
    *ROW_FAULTS,
    *IDENTITY_FAULTS,
    *COMPANY_FAULTS,
    *DERIVED_ID_FAULTS,
    *REQUEST_FAULTS,
    *ATTRIBUTE_FAULTS,
    *EVENT_FAULTS,
    *DEDUPLICATION_FAULTS,
    *ODD_ID_FAULTS,
)
__all__ = ["TRANSFORMER_FAULTS", "Fault", "FaultyTransformer"]
