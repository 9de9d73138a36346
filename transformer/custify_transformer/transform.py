"""The one entry: a message and a destination become requests, by one of the two profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.group import group
from custify_transformer.identify import identify
from custify_transformer.profiles import PROFILES
from custify_transformer.track import track

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.request import HttpRequest

STEPS: Final = {"identify": identify, "track": track, "group": group}


def transform(message: Any, destination: Destination, profile: str = "documented") -> tuple[HttpRequest, ...]:
    """Return the requests that deliver `message` to Custify, in the order in which they must be sent.

    `message` is any JSON value and stays as it is; the requests may share parts with it. Raises nothing but
    TransformError for a message; ValueError for a profile that does not exist.
    """
    if profile not in PROFILES:
        raise ValueError(f"no profile {profile!r}: choose one of {', '.join(PROFILES)}")
    rules = PROFILES[profile]
    steps = STEPS[rules.message_type(message, destination)]
    return steps(message, destination, rules)
