"""The settings of the destination through which messages reach a workspace."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, Final, Literal

from msgspec import Struct, field, structs

from custify_transformer.documented.values import is_on as is_switched_on
from custify_transformer.javascript import is_truthy
from mock_custify.kinds import printed
from mock_custify.workspace.traffic.redaction import HIDDEN

# Source: destination config; the settings that count here, and others that RudderStack keeps beside them.
SETTINGS: Final = (
    *("apiKey", "sendAnonymousId", "enablededuplication", "deduplicationField", "consentManagement"),
    *("oneTrustCookieCategories", "ketchConsentPurposes"),
)
SWITCHES: Final = frozenset({"sendAnonymousId", "enablededuplication"})
OTHERS: Final = frozenset(
    {"connectionMode", "useNativeSDK", "eventFilteringOption", "whitelistedEvents", "blacklistedEvents"}
)


class DestinationSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How messages become requests for a workspace.

    `Config` has the settings of the destination with RudderStack's names: sendAnonymousId,
    enablededuplication, deduplicationField, consentManagement and the older consent settings. Its apiKey is
    used only with --deliver-to; this server uses the write key. `deduplicate` drops a message whose messageId
    has arrived before (the default is false, as in RudderStack). If `enabled` is false, every batch is
    refused, as for a disabled source.
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


def misspelled_setting(name: str) -> str:
    """Return which setting was probably meant by a name that is none, "" for every other name."""
    if name in SETTINGS or name in OTHERS:
        return ""
    folded = {plain(known): known for known in SETTINGS}
    near = get_close_matches(plain(name), folded, 1, 0.8)
    return f"there is no setting {name!r}: did you mean {folded[near[0]]!r}?" if near else ""


def odd_switch(name: str, value: Any) -> str:
    """Return how the profiles read a switch that is neither true nor false, "" for every other setting."""
    if name not in SWITCHES or value is None or isinstance(value, bool):
        return ""
    documented, production = ("on" if is_on else "off" for is_on in (is_switched_on(value), is_truthy(value)))
    return (
        f"{name} is {printed(value)}, which is neither true nor false: documented reads it as {documented}, "
        f"production as {production}"
    )


def plain(name: str) -> str:
    """Return a name without the marks by which spellings differ."""
    return name.replace("_", "").replace("-", "").casefold()
