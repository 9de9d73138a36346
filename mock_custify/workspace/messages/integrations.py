"""Whether the `integrations` of a message let Custify have it. Source: data plane, "Processor"."""

from __future__ import annotations

from typing import Any, Final

DISPLAY_NAME: Final = "Custify"  # in `integrations` only this spelling counts


def is_selected(integrations: Any) -> bool:
    """Tell whether `integrations` lets Custify have the message; anything odd in it does not."""
    if not isinstance(integrations, dict):
        return False
    everything = integrations.get("All", True)
    if not isinstance(everything, bool):
        return False
    named = integrations.get(DISPLAY_NAME)
    if isinstance(named, bool):
        return named
    return everything or isinstance(named, dict)
