"""A second, simple implementation of the profile `production`, to compare the fast one with.

Its rules are in the order of the recorded behaviour. It looks up every full path and deletes in place on a
copy, as the original does.
"""

from __future__ import annotations

from typing import Any

from custify_transformer.javascript import UNDEFINED, is_truthy, text
from custify_transformer.production.warehouse import write_external_id

USER = ["userId", "traits.userId", "traits.id", "context.traits.userId", "context.traits.id"]
MAIL = ["traits.email", "context.traits.email", "properties.email"]
PHONE = ["traits.phone", "context.traits.phone", "properties.phone"]
NAMES = {
    "first": ("firstName", "firstname", "first_name"),
    "last": ("lastName", "lastname", "last_name"),
}
OF_PERSON = ["userId", "email", "phone", "name", "signed_up_at", "session_count", "unsubscribed_from_emails"]
OF_PERSON += ["unsubscribed_from_calls", "company"]
OF_COMPANY = ["id", "name", "industry", "company_id", "size", "website", "plan", "monthly_revenue", "churned"]


class RefusedMessageError(Exception):
    """The message is refused: text, status, and what was sent before."""


def plain(message: Any, config: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return [(last part of the endpoint, body)] for `message`. Raises RefusedMessageError."""
    message = unshared(message)
    if message is None:
        raise RefusedMessageError("Cannot read properties of null (reading 'type')", 500, [])
    kind = message.get("type") if isinstance(message, dict) else None
    if not is_truthy(kind):
        raise RefusedMessageError("Message Type is not present. Ignoring message.", 400, [])
    if not isinstance(kind, str):
        raise RefusedMessageError("message.type.toLowerCase is not a function", 500, [])
    steps = {"identify": identify, "track": track, "group": group}.get(kind.lower())
    if steps is None:
        raise RefusedMessageError("Message type not supported", 400, [])
    return steps(message, config)


def unshared(value: Any) -> Any:
    """Return a deep copy in which no two members are the same object, as after parsing JSON."""
    if isinstance(value, dict):
        return {name: unshared(part) for name, part in value.items()}
    return list(map(unshared, value)) if isinstance(value, list) else value


def find(value: Any, path: str) -> Any:
    """Return the value at `path`, looked up as the original does."""
    if isinstance(value, dict) and path in value:
        return value[path]
    parts = path.split(".")
    while parts:
        if not isinstance(value, dict):
            return UNDEFINED
        for end in range(1, len(parts) + 1):
            name = ".".join(parts[:end])
            if name in value:
                value, parts = value[name], parts[end:]
                break
        else:
            return UNDEFINED
    return value


def usable(value: Any) -> bool:
    """Return whether a value fills a field."""
    return is_truthy(value) or (value == 0 and not isinstance(value, (list, dict, str)))


def first(message: Any, paths: list[str]) -> Any:
    """Return the first usable value, else None."""
    return next(
        (value for path in paths if usable(value := find(message, path)) and value is not UNDEFINED), None
    )


def fill(message: Any, rows: dict[str, list[str]]) -> dict[str, Any]:
    """Return the fields that have a usable value."""
    return {
        name: value
        for name, paths in rows.items()
        if usable(value := first(message, paths)) and value is not None
    }


def strip(traits: Any, names: list[str]) -> None:
    """Delete reserved names and everything that is not a scalar, in place."""
    if isinstance(traits, dict):
        for name in [
            n for n in traits if n in names or traits[n] is None or isinstance(traits[n], (dict, list))
        ]:
            del traits[name]
    if isinstance(traits, list):
        traits[:] = [None if isinstance(item, (dict, list)) else item for item in traits]


def anonymous(body: dict[str, Any], message: Any, config: dict[str, Any], sent: list[Any]) -> None:
    """Apply sendAnonymousId, then refuse a payload without user_id and email."""
    if not is_truthy(body.get("user_id")) and is_truthy(config.get("sendAnonymousId")):
        body["user_id"] = message.get("anonymousId")
    if not is_truthy(body.get("user_id")) and not is_truthy(body.get("email")):
        raise RefusedMessageError("Email or userId is mandatory", 400, sent)


def person(
    message: Any, rows: dict[str, list[str]], config: dict[str, Any], sent: list[Any]
) -> dict[str, Any]:
    """Return the body of a person."""
    body = fill(message, rows)
    anonymous(body, message, config, sent)
    if "name" not in body:
        f, l = (  # noqa: E741 - the rule's own letters
            first(message, [f"{at}.{name}" for at in ("traits", "context.traits") for name in NAMES[part]])
            for part in ("first", "last")
        )
        body["name"] = f"{text(f)} {text(l)}" if is_truthy(f) and is_truthy(l) else f if is_truthy(f) else l
    company = find(body, "custom_attributes.company.id")
    company = company if is_truthy(company) and company is not UNDEFINED else message.get("groupId")
    if is_truthy(company):
        remove = find(body, "custom_attributes.company.remove")
        body["companies"] = [{"company_id": company, "remove": False if remove is UNDEFINED else remove}]
    strip(body.get("custom_attributes"), OF_PERSON)
    return {name: value for name, value in body.items() if value is not None}


def rows_of_person() -> dict[str, list[str]]:
    """Return the rows of identify."""
    both = {
        "session_count": "sessionCount",
        "unsubscribed_from_emails": "unsubscribedFromEmails",
        "unsubscribed_from_calls": "unsubscribedFromCalls",
        "name": "name",
    }
    return {
        "user_id": USER,
        "email": MAIL,
        "phone": PHONE,
        **{field: [f"traits.{name}", f"context.traits.{name}"] for field, name in both.items()},
        "signed_up_at": ["traits.signedUpAt", "context.traits.signedUpAt", "timestamp", "originalTimestamp"],
        "custom_attributes": ["traits", "context.traits"],
    }


def record(message: Any, body: Any, sent: list[Any]) -> Any:
    """Return the bare traits of a warehouse record, else `body`."""
    mapped = find(message, "context.mappedToDestination")
    if mapped is UNDEFINED or not is_truthy(mapped):
        return body
    traits = first(message, ["traits", "context.traits"])
    if traits is None:
        raise RefusedMessageError("Cannot read properties of null (reading 'user_id')", 500, sent)
    return write_external_id(traits, message)


def identify(message: Any, config: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the person of an identify."""
    body = person(message, rows_of_person(), config, [])
    return [("people", record(message, body, []))]


def track(message: Any, config: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the event of a track."""
    rows = {
        "user_id": USER,
        "email": MAIL,
        "name": ["event"],
        "created_at": ["timestamp", "originalTimestamp"],
    }
    body = fill(message, rows)
    if "name" not in body:
        raise RefusedMessageError('Missing required value from "event"', 400, [])
    if "created_at" not in body:
        raise RefusedMessageError('Missing required value from ["timestamp","originalTimestamp"]', 400, [])
    anonymous(body, message, config, [])
    properties = message.get("properties")
    if isinstance(properties, dict):
        ids = [properties.get(name) for name in ("organization_id", "company_id", "companyId")]
        body["company_id"] = next(filter(is_truthy, ids), ids[-1])
    if is_truthy(config.get("enablededuplication")):
        value = find(message, text(config.get("deduplicationField", UNDEFINED)))
        body["deduplication_id"] = (
            value if is_truthy(value) and value is not UNDEFINED else message.get("messageId")
        )
    if isinstance(properties, (list, str)):
        properties = {str(at): item for at, item in enumerate(properties)}
    pairs = properties.items() if isinstance(properties, dict) else ()
    metadata = {
        name: value for name, value in pairs if is_truthy(value) and not isinstance(value, (dict, list))
    }
    if is_truthy(body.get("user_id")) and not {"user_id", "userId"} & set(metadata):
        metadata["user_id"] = body["user_id"]
    body["metadata"] = metadata
    return [("event", record(message, {k: v for k, v in body.items() if v is not None}, []))]


def group(message: Any, config: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the company and the person of a group."""
    same = ("name", "industry", "size", "plan", "churned")
    company = fill(
        message,
        {
            "company_id": ["groupId", "traits.groupId"],
            **{name: [f"traits.{name}"] for name in same},
            "website": ["traits.website", "traits.url"],
            "monthly_revenue": ["traits.monthly_revenue", "traits.monthlyRevenue", "traits.mrr"],
            "custom_attributes": ["traits"],
        },
    )
    if not is_truthy(company.get("company_id")):
        raise RefusedMessageError("groupId Id is mandatory", 400, [])
    strip(company.get("custom_attributes"), OF_COMPANY)
    sent = [("company", unshared(company))]
    rows = {
        name: [path for path in paths if path.startswith("context.traits")]
        for name, paths in rows_of_person().items()
    }
    rows["user_id"] = USER
    rows["signed_up_at"] += ["timestamp", "originalTimestamp"]
    return [*sent, ("people", record(message, person(message, rows, config, sent), sent))]
