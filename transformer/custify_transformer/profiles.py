"""The two profiles, rule beside rule: what they share is in the steps, what parts them is named here."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from custify_transformer import documented, documented_group, production, production_group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message, Payload, Places, Rows
    from custify_transformer.request import HttpRequest


@dataclass(frozen=True, slots=True)
class PersonRules:
    """How a person is read: rows, the name from its parts, companies, and the custom attributes."""

    rows: Rows
    full_name: Callable[[Places], Any]
    companies: Callable[[Payload, Places, Any], list[Payload] | None]
    attributes: Callable[[Payload, Places], Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to transform. `person` reads an identify, `member` the person of a group."""

    name: str
    message_type: Callable[[Any, Destination], str]
    check_settings: Callable[[Destination], None]
    check_company_settings: Callable[[Destination], None]
    find_places: Callable[[Message], Places]
    fall_back_to_anonymous_id: Callable[[Payload, Message, Destination], None]
    person: PersonRules
    member: PersonRules
    company_of: Callable[[Message], tuple[Payload, Message]]
    sent_before_refusal: Callable[[HttpRequest], tuple[HttpRequest, ...]]
    company_accept: str
    event_rows: Rows
    check_event: Callable[[Payload], None]
    event_company: Callable[[Any], Any]
    metadata: Callable[[Any, Any], Payload]
    deduplication_id: Callable[[Message, Destination], Any]
    delivered: Callable[..., Any]


DOCUMENTED: Final = Profile(
    name="documented",
    message_type=documented.message_type,
    check_settings=documented.check_settings,
    check_company_settings=documented_group.check_company_settings,
    find_places=documented.find_places,
    fall_back_to_anonymous_id=documented.fall_back_to_anonymous_id,
    person=PersonRules(
        documented.PERSON_ROWS, documented.full_name, documented.companies, documented.attributes
    ),
    member=PersonRules(
        documented.MEMBER_ROWS,
        documented.member_full_name,
        documented.member_companies,
        documented.member_attributes,
    ),
    company_of=documented_group.company_of,
    sent_before_refusal=documented_group.sent_before_refusal,
    company_accept="application/json",
    event_rows=documented.EVENT_ROWS,
    check_event=documented.check_event,
    event_company=documented.event_company,
    metadata=documented.metadata,
    deduplication_id=documented.deduplication_id,
    delivered=documented.delivered,
)
PRODUCTION: Final = Profile(
    name="production",
    message_type=production.message_type,
    check_settings=production.check_settings,
    check_company_settings=production_group.check_company_settings,
    find_places=production.find_places,
    fall_back_to_anonymous_id=production.fall_back_to_anonymous_id,
    person=PersonRules(
        production.PERSON_ROWS, production.full_name, production.companies, production.attributes
    ),
    member=PersonRules(
        production.MEMBER_ROWS, production.full_name, production.companies, production.attributes
    ),
    company_of=production_group.company_of,
    sent_before_refusal=production_group.sent_before_refusal,
    company_accept="application/json, text/plain, */*",
    event_rows=production.EVENT_ROWS,
    check_event=production.check_event,
    event_company=production.event_company,
    metadata=production.metadata,
    deduplication_id=production.deduplication_id,
    delivered=production.delivered,
)
PROFILES: Final[Mapping[str, Profile]] = MappingProxyType(
    {"documented": DOCUMENTED, "production": PRODUCTION}
)
