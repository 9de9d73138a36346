"""Keeps web pages of other origins from changing anything here.

A browser lets any page send a form, or text, to any address. Before it sends JSON it asks, and the
fake allows that only on the paths of the data plane, which are there for pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_custify.errors import ForbiddenError

if TYPE_CHECKING:
    from mock_custify.api.request import Call

OWN: Final = frozenset({"same-origin", "none"})


def refuse_foreign(call: Call) -> None:
    """Raise ForbiddenError for a call that a page of another origin may have sent without asking."""
    if is_foreign(call) and not is_json(call.header("Content-Type")):
        raise ForbiddenError(
            "a web page of another origin sent this: send Content-Type: application/json, or no header Origin"
        )


def is_foreign(call: Call) -> bool:
    """Tell whether a page of another origin sent a call: browsers say so, and no page can change it."""
    site, origin = call.environ.get("HTTP_SEC_FETCH_SITE"), call.environ.get("HTTP_ORIGIN")
    if site:
        return site not in OWN
    if not origin:
        return False
    _, _, host = origin.lower().partition("://")
    return not host or host != call.header("Host").lower()


def is_json(content_type: str) -> bool:
    """Tell whether a media type is JSON."""
    media = content_type.partition(";")[0].strip().lower()
    return media == "application/json" or media.endswith("+json")
