"""What the views of one application work on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mock_custify.workspace import Store


@dataclass(frozen=True, slots=True)
class Backend:
    """The Flask application, its workspaces and its data plane; `app.extensions["mock_custify"]` holds it."""

    app: Any
    store: Store
    data_plane: Any = None
