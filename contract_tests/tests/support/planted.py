"""All planted faults: transformers and fakes, each with the law that must find it."""

from __future__ import annotations

from support import planted_fakes, planted_transformers
from support.planted_identifiers import IDENTIFIER_FAULTS
from support.planted_mistakes import MISTAKEN_FAKES
from support.planted_values import VALUE_FAULTS

TRANSFORMER_FAULTS = (*planted_transformers.TRANSFORMER_FAULTS, *VALUE_FAULTS)
FAKE_FAULTS = (*planted_fakes.FAKE_FAULTS, *MISTAKEN_FAKES, *IDENTIFIER_FAULTS)
