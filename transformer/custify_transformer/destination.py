"""The settings of a Custify destination, as RudderStack keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from custify_transformer.javascript import UNDEFINED, text
from custify_transformer.named_options import with_named_options


@with_named_options
@dataclass(frozen=True, slots=True)
class Destination:
    """The settings of the destination: the API key of Custify, and what to do with ids.

    If `send_anonymous_id` is true, the anonymousId is the user_id of a person without a user id. If
    `enable_deduplication` is true, an event gets a deduplication_id: the value of the field
    `deduplication_field` of the message, else its messageId.

    `from_config` converts no value, because `production` needs JavaScript's truthiness and prints a missing
    key as "undefined", and `documented` checks the types. `absent` is "destination" or "Config" if this part
    is missing, "destination null" or "Config null" if it is null, else "".
    """

    api_key: Any = field(repr=False)
    send_anonymous_id: Any = False
    enable_deduplication: Any = False
    deduplication_field: Any = UNDEFINED
    absent: str = ""
    authorization: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the Authorization header once for all messages."""
        object.__setattr__(self, "authorization", f"Bearer {text(self.api_key)}")

    @classmethod
    def from_config(cls, config: Any) -> Destination:
        """Return the settings of `destination.Config`. A `config` that is not an object has no settings."""
        settings = config if isinstance(config, dict) else {}
        return cls(
            api_key=settings.get("apiKey", UNDEFINED),
            send_anonymous_id=settings.get("sendAnonymousId", UNDEFINED),
            enable_deduplication=settings.get("enablededuplication", UNDEFINED),
            deduplication_field=settings.get("deduplicationField", UNDEFINED),
        )

    @classmethod
    def from_json(cls, destination: Any = UNDEFINED) -> Destination:
        """Return the settings of a `destination` object, which may be missing, null or without Config."""
        if destination is UNDEFINED or destination is None:
            return cls(UNDEFINED, absent="destination" if destination is UNDEFINED else "destination null")
        config = destination.get("Config", UNDEFINED) if isinstance(destination, dict) else UNDEFINED
        if config is UNDEFINED or config is None:
            return cls(UNDEFINED, absent="Config" if config is UNDEFINED else "Config null")
        return cls.from_config(config)
