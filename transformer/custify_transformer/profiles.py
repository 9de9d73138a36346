"""The entry point: `transform` hands the message to one of the two profiles."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol

from custify_transformer.documented import DocumentedProfile
from custify_transformer.production import ProductionProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custify_transformer.destination import Destination
    from custify_transformer.request import HttpRequest


class Profile(Protocol):
    """A complete set of rules. Neither profile imports anything from the other."""

    def transform(self, message: Any, destination: Destination) -> tuple[HttpRequest, ...]:
        """Return the requests for `message`, in sending order. Raises TransformError."""

    def delete_person(self, user_id: Any, destination: Destination) -> HttpRequest:
        """Return the request that deletes the person with this user_id."""


PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {"documented": DocumentedProfile(), "production": ProductionProfile()}
)


def transform(message: Any, destination: Destination, profile: str = "documented") -> tuple[HttpRequest, ...]:
    """Return the requests that deliver `message` to Custify, in the order in which to send them.

    `message` is any JSON value. It is not changed, but the requests may share parts with it. Raises
    TransformError if the message is refused, ValueError if there is no such profile.
    """
    if profile not in PROFILES:
        raise ValueError(f"no profile {profile!r}: choose one of {', '.join(PROFILES)}")
    return PROFILES[profile].transform(message, destination)
