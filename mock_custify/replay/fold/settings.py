"""How messages are turned into requests: the profile, and the settings of the destination."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from custify_transformer import PROFILES, Destination, HttpRequest, TransformError
from custify_transformer.javascript import UNDEFINED

ANY_KEY: Final = {"apiKey": "replay"}  # nothing is sent, so no real key is needed


@dataclass(frozen=True)
class Settings:
    """A profile and the settings of the destination, as `destination.Config` has them."""

    profile: str = "documented"
    config: dict[str, Any] = field(default_factory=lambda: dict(ANY_KEY))

    @cached_property
    def destination(self) -> Destination:
        """Return the destination of messages that bring no settings of their own."""
        return Destination.from_config(self.config)

    def destination_for(self, beside: Any) -> Destination:
        """Return the destination of a message; `beside` has the settings that it brings, or is None."""
        return self.destination if beside is None else Destination.from_json(**beside)

    def config_for(self, beside: Any) -> Any:
        """Return the settings of a message as JSON."""
        if beside is None:
            return self.config
        destination = beside["destination"]
        config = destination.get("Config") if isinstance(destination, dict) else None
        return config if isinstance(config, dict) else {}


class Request(Struct, frozen=True):
    """A request as the fold needs it; many are made, and an HttpRequest takes seven times as long to make."""

    endpoint: str
    headers: dict[str, str]
    body: Any


class Transformed(Struct, frozen=True):
    """The requests of a message, and why it is refused; None when it is not."""

    requests: tuple[Request, ...]
    refusal: TransformError | None = None


def transformed(message: Any, destination: Destination, profile: str) -> Transformed:
    """Return what a message becomes; never raises.

    The refusal is without its frames: they would keep all that is being folded.
    """
    try:
        return Transformed(needed_of(PROFILES[profile].transform(message, destination)))
    except TransformError as error:
        error.__cause__ = error.__context__ = None
        return Transformed(needed_of(error.requests), error.with_traceback(None))
    except RecursionError:
        return Transformed((), TransformError("The message is nested too deeply"))


def needed_of(requests: tuple[HttpRequest, ...]) -> tuple[Request, ...]:
    """Return requests as the fold needs them."""
    return tuple(Request(one.endpoint, one.headers, one.body) for one in requests)


def changed_settings(one: Settings, other: Settings) -> list[str]:
    """Return the names of the settings that differ."""
    names = dict.fromkeys((*one.config, *other.config))
    return [name for name in names if one.config.get(name, UNDEFINED) != other.config.get(name, UNDEFINED)]
