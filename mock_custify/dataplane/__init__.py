"""The data plane: from the call of an SDK to messages, to requests, to their delivery."""

from typing import Final

from mock_custify.dataplane.transformer_service import transformer
from mock_custify.dataplane.views import data_plane

DATA_PLANE: Final = (data_plane, transformer)

__all__ = ["DATA_PLANE"]
