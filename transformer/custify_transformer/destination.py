"""The settings of a Custify destination, as RudderStack keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from custify_transformer.javascript import UNDEFINED, text


@dataclass(frozen=True, slots=True)
class Destination:
    """The settings with the API key.

    `from_config` keeps every value as raw as it stands in the settings: the profile `production` tests them
    for JavaScript's truth and prints a missing key as "undefined", `documented` wants the right types.
    `absent` names the part that is not there at all: "destination", "destination null", "Config" or
    "Config null".
    """

    api_key: Any = field(repr=False)
    send_anonymous_id: Any = False
    enable_deduplication: Any = False
    deduplication_field: Any = UNDEFINED
    absent: str = ""
    authorization: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Settle the Authorization header, once for all messages."""
        object.__setattr__(self, "authorization", f"Bearer {text(self.api_key)}")

    @classmethod
    def from_config(cls, config: Any) -> Destination:
        """Return the settings in `config`, the value of `destination.Config`; a non-object holds none."""
        settings = config if isinstance(config, dict) else {}
        return cls(
            api_key=settings.get("apiKey", UNDEFINED),
            send_anonymous_id=settings.get("sendAnonymousId", UNDEFINED),
            enable_deduplication=settings.get("enablededuplication", UNDEFINED),
            deduplication_field=settings.get("deduplicationField", UNDEFINED),
        )

    @classmethod
    def from_json(cls, destination: Any = UNDEFINED) -> Destination:
        """Return the settings of a whole `destination`, which may be missing, null, or without Config."""
        if destination is UNDEFINED or destination is None:
            return cls(UNDEFINED, absent="destination" if destination is UNDEFINED else "destination null")
        config = destination.get("Config", UNDEFINED) if isinstance(destination, dict) else UNDEFINED
        if config is UNDEFINED or config is None:
            return cls(UNDEFINED, absent="Config" if config is UNDEFINED else "Config null")
        return cls.from_config(config)
