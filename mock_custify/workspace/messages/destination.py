"""The settings of the destination through which messages reach a workspace."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field, structs

from mock_custify.workspace.traffic.redaction import HIDDEN


class DestinationSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How messages become requests for a workspace.

    `config` is the destination's Config as RudderStack keeps it: sendAnonymousId, enablededuplication,
    deduplicationField, consentManagement and the older consent settings; an apiKey in it is used for a
    Custify elsewhere, the write key being the one for this server. `deduplicate` drops a message whose
    messageId came before (RudderStack's default is off). `enabled` off refuses every batch, as a disabled
    source does.
    """

    profile: Literal["documented", "production"] = "documented"
    config: dict[str, Any] = field(default_factory=dict, name="Config")
    deduplicate: bool = False
    enabled: bool = True

    def shown(self) -> DestinationSettings:
        """Return the settings with the API key hidden."""
        if "apiKey" not in self.config:
            return self
        return structs.replace(self, config={**self.config, "apiKey": HIDDEN})

    def replacing(self, old: DestinationSettings) -> DestinationSettings:
        """Return the settings as they replace `old`: a hidden API key stays the one it was."""
        if self.config.get("apiKey") != HIDDEN:
            return self
        kept = {"apiKey": old.config["apiKey"]} if "apiKey" in old.config else {}
        config = {name: value for name, value in self.config.items() if name != "apiKey"}
        return structs.replace(self, config={**config, **kept})
