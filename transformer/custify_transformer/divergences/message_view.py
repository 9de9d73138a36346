"""The parts of a message that the rules look at."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

ID_NAMES: Final = (
    "userId",
    "id",
    "groupId",
    "anonymousId",
    "organization_id",
    "company_id",
    "companyId",
    "messageId",
)


class MessageView:
    """The parts of a message; a part that is not an object is an empty one."""

    def __init__(self, message: Any, config: Any) -> None:
        self.message = as_object(message)
        self.config = config
        self.kind = str(self.message.get("type")).strip().lower()
        self.context = as_object(self.message.get("context"))
        self.raw_traits = (self.message.get("traits"), self.context.get("traits"))
        self.traits, self.context_traits = map(as_object, self.raw_traits)
        self.properties = as_object(self.message.get("properties"))

    @cached_property
    def ids(self) -> list[Any]:
        """Return every value in a place where an id may be."""
        places = (self.message, self.traits, self.context_traits, self.properties)
        return [place[name] for place in places for name in ID_NAMES if name in place] + self.company_ids()

    def company_ids(self) -> list[Any]:
        """Return the ids of the companies in the traits."""
        companies = (place.get("company") for place in (self.traits, self.context_traits))
        return [company["id"] for company in companies if isinstance(company, dict) and "id" in company]

    def values(self, *names: str) -> list[Any]:
        """Return the values that have one of `names` in the traits or the properties."""
        places = (self.traits, self.context_traits, self.properties)
        return [place[name] for place in places for name in names if name in place]


def as_object(value: Any) -> dict[str, Any]:
    """Return `value` if it is an object, else an empty object."""
    return value if isinstance(value, dict) else {}
