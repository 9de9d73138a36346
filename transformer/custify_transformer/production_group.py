"""The company of a group as RudderStack's own transformer has it. Its sibling is `documented_group`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custify_transformer.errors import InstrumentationError, JavaScriptTypeError
from custify_transformer.javascript import is_truthy
from custify_transformer.mapping import Message, Payload, build
from custify_transformer.production import COMPANY_ROWS, find_places, stripped
from custify_transformer.tables import RESERVED_OF_COMPANY

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.request import HttpRequest


def company_of(message: Message) -> tuple[Payload, Message]:
    """Return the company of a group, and the message as the person is read from it: its traits stripped, too.

    Source: section 6, group, steps 1 to 3.
    """
    company = build(COMPANY_ROWS, find_places(message))
    if not is_truthy(company.get("company_id")):
        raise InstrumentationError("groupId Id is mandatory")
    if "custom_attributes" not in company:
        return company, message
    company["custom_attributes"] = stripped(company["custom_attributes"], RESERVED_OF_COMPANY)
    return company, {**message, "traits": company["custom_attributes"]}


def sent_before_refusal(creation: HttpRequest) -> tuple[HttpRequest, ...]:
    """Return what Custify got of a group whose person is refused: the company. Source: section 6, step 4."""
    return (creation,)


def check_company_settings(destination: Destination) -> None:
    """Fail as the key is read for the company call of a group. Source: section 4, check 4."""
    if destination.absent:
        missing = "null" if destination.absent.endswith("null") else "undefined"
        raise JavaScriptTypeError(f"Cannot read properties of {missing} (reading 'apiKey')")
