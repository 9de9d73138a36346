"""How messages are turned into requests: the profile, and the settings of the destination."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from custify_transformer import PROFILES, Destination, HttpRequest, TransformError
from custify_transformer.javascript import UNDEFINED
from mock_custify.replay.errors import ReplayError

ANY_KEY: Final = {"apiKey": "replay"}  # nothing is sent, so no real key is needed


@dataclass(frozen=True)
class Settings:
    """A profile and the settings of the destination, as `destination.Config` has them.

    Settings without an API key get one, because nothing is sent; an empty one is a mistake that is shown.
    `name` is where the settings come from, such as the name of a file, "" for the default settings.
    """

    profile: str = "documented"
    config: dict[str, Any] = field(default_factory=dict)
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Add the API key; raise ReplayError for an unknown profile and for settings of another form."""
        if self.profile not in PROFILES:
            raise ReplayError(f"there is no profile {self.profile!r}: choose {' or '.join(PROFILES)}")
        if not isinstance(self.config, dict):
            raise ReplayError(
                f"{self.name} must be a dict of settings, not {self.config!r}: read the file first"
            )
        object.__setattr__(self, "config", {**ANY_KEY, **self.config})

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
    """Return the names of the settings that differ; 1 and true do. Two usable API keys make no difference."""
    names = dict.fromkeys((*one.config, *other.config))
    if has_key(one) and has_key(other):
        del names["apiKey"]
    return [name for name in names if typed(one.config, name) != typed(other.config, name)]


def typed(config: dict[str, Any], name: str) -> tuple[type, Any]:
    """Return a setting with its type, because true and 1 are equal in Python."""
    value = config.get(name, UNDEFINED)
    return value.__class__, value


def has_key(settings: Settings) -> bool:
    """Tell whether the settings have an API key that can be used."""
    key = settings.config["apiKey"]
    return isinstance(key, str) and bool(key.strip())


def what_if_of(main: Settings, against: Settings) -> str:
    """Return what a what-if changes, such as "then.json in place of now.json"."""
    return f"{label(against, main)} in place of {label(main, against)}"


def label(one: Settings, other: Settings) -> str:
    """Return the name of settings, with all in which they may differ from the other ones."""
    if one.name == other.name:
        return one.profile
    name = one.name or "the default settings"
    return name if one.profile == other.profile else f"{one.profile} with {name}"
