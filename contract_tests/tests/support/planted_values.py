"""Faulty transformers that change values of some kind, read fields that no row has, or keep a state.

They were written from the documents alone, and laws with a few edge values did not find them.
"""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal

from custify_contract.rules.values import as_object, at
from custify_contract.strategies.edge_values import set_value
from custify_contract.targets import MessageRefusedError
from support.planted_transformers.changes import Fault, on_body, on_message, on_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.planted_transformers.changes import Requests, Transform, Wrapper

PEOPLE, COMPANY, EVENT = "/people", "/company", "/event"
LARGEST_OF_PLANE, LONGEST_OF_EVENT = 0xFFFF, 100


def texts(change: Callable[[str], Any], *names: str, path: str = "") -> Wrapper:
    """Return a fault that changes the texts of a body: of the named fields, or of all, also of attributes."""

    def walk(values: dict[str, Any]) -> None:
        for name, value in values.items():
            if isinstance(value, dict):
                walk(value)
            elif isinstance(value, str) and (not names or name in names):
                values[name] = change(value)

    return on_body(path, lambda body, _: walk(body))


def attributes(change: Callable[[dict[str, Any]], dict[str, Any]], path: str = "") -> Wrapper:
    """Return a fault that changes the custom attributes or the metadata of a body."""

    def edit(body: dict[str, Any], _: Any) -> None:
        for name in ("custom_attributes", "metadata"):
            if name in body:
                body[name] = change(body[name])

    return on_body(path, edit)


def also_reads(path: str, target: str, kind: str) -> Wrapper:
    """Return a fault that reads a field without a row where the one with a row has no value."""

    def change(message: dict[str, Any]) -> None:
        value = at(message, path)
        if kind in str(message.get("type")).lower() and value and not at(message, target):
            outer = target.rpartition(".")[0]
            if not outer or isinstance(at(message, outer.split(".")[0]), dict) or outer not in message:
                set_value(message, target, value)

    return on_message(change)


def in_utc(text: str) -> str:
    """Return a date with an offset in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if moment.tzinfo is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def with_null(name: str) -> Callable[[dict[str, Any], Any], Any]:
    """Return a change that sends null for a field without a value."""
    return lambda body, _: body.setdefault(name, None)


def id_by(content: Callable[[dict[str, Any], str], Any]) -> Wrapper:
    """Return a fault that derives the id of a company without groupId from other content."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        if (
            "company_id" in found[0].body
            and "metadata" not in found[0].body
            and found[0].body["company_id"].startswith("group-")
        ):
            text = content(message, found[0].body["company_id"])
            if text is not None:
                found[0].body["company_id"] = found[1].body["companies"][0]["company_id"] = text
        return found

    return wrap


def digest(*content: Any) -> str:
    """Return an id for content."""
    return f"group-{sha256(repr(content).encode()).hexdigest()[:16]}"


def last_user_stays() -> Wrapper:
    """Return a fault that gives a message of nobody the user of the message before."""
    last: dict[str, Any] = {}

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        try:
            found = transform(message, settings)
        except MessageRefusedError:
            if not (isinstance(message, dict) and last):
                raise
            return transform({**message, **last}, settings)
        user = found[-1].body.get("user_id")
        last.update({"userId": user} if user else {})
        return found

    return wrap


def cached_by_message_id() -> Wrapper:
    """Return a fault that takes two messages with one messageId for the same."""
    known: dict[Any, Requests] = {}

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        name = message.get("messageId") if isinstance(message, dict) else None
        if not isinstance(name, str):
            return transform(message, settings)
        key = (name, str(message.get("type")))
        if key not in known:
            known[key] = transform(message, settings)
        return deepcopy(known[key])

    return wrap


def changing_refused(transform: Transform, message: Any, settings: Any) -> Requests:
    """Change a message that is refused."""
    try:
        return transform(message, settings)
    except MessageRefusedError:
        if isinstance(message, dict):
            message["refused"] = True
        raise


def showing_key(transform: Transform, message: Any, settings: Any) -> Requests:
    """Show the API key in a refusal."""
    try:
        return transform(message, settings)
    except MessageRefusedError as refusal:
        raise MessageRefusedError(f"{refusal} ({settings.get('apiKey')})") from refusal


def refusing(is_bad: Callable[[dict[str, Any]], bool]) -> Wrapper:
    """Return a fault that refuses a message for one of its bodies."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        if any(is_bad(request.body) for request in found):
            raise MessageRefusedError("the value is above a limit")
        return found

    return wrap


def without_name(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return attributes without one name."""
    return {key: value for key, value in values.items() if key != name}


def without_user_id(word: str, message: dict[str, Any]) -> dict[str, Any] | None:
    """Return a message without its user id if that is a certain word."""
    return {**message, "userId": None} if message.get("userId") == word else None


FORMS: Final[tuple[tuple[Literal["NFC", "NFD", "NFKC"], str], ...]] = (
    ("NFC", "identify"),
    ("NFD", "group"),
    ("NFKC", "track"),
)
CONVERTED = (
    ("times are converted to UTC", "identify.values", texts(in_utc, "signed_up_at")),
    ("the time of an event is converted to UTC", "track.values", texts(in_utc, "created_at")),
    (
        "a date gets a time",
        "identify.values",
        texts(lambda t: f"{t}T00:00:00Z" if re.fullmatch(r"\d{4}-\d\d-\d\d", t) else t, "signed_up_at"),
    ),
    (
        "microseconds are cut",
        "track.values",
        texts(lambda t: re.sub(r"(\.\d{3})\d+", r"\1", t), "created_at"),
    ),
    (
        "dates in attributes lose their time",
        "group.values",
        attributes(
            lambda a: {
                k: re.sub(r"^(\d{4}-\d\d-\d\d)T.*", r"\1", v) if isinstance(v, str) else v
                for k, v in a.items()
            }
        ),
    ),
    ("the website loses its last slash", "group.values", texts(lambda t: t.rstrip("/"), "website")),
    (
        "the website gets a scheme",
        "group.values",
        texts(lambda t: t if "://" in t else f"https://{t}", "website"),
    ),
    *(
        (f"texts are {form}", f"{kind}.values", texts(partial(unicodedata.normalize, form)))
        for form, kind in FORMS
    ),
    ("emoji are lost", "group.values", texts(lambda t: "".join(c for c in t if ord(c) <= LARGEST_OF_PLANE))),
    ("HTML is escaped", "track.values", texts(lambda t: t.replace("<", "&lt;"))),
    ("quotes are escaped", "identify.values", texts(lambda t: t.replace('"', '\\"'))),
    ("line breaks become blanks", "group.values", texts(lambda t: t.replace("\n", " "))),
    ("two blanks become one", "identify.values", texts(lambda t: t.replace("  ", " "))),
    ("zero-width characters are lost", "track.values", texts(lambda t: t.replace("\u200b", ""))),
    ("NUL is lost", "group.values", texts(lambda t: t.replace("\0", ""))),
    ("percent signs are decoded", "identify.values", texts(lambda t: t.replace("%20", " "))),
    ("texts are cut at 1000", "track.values", texts(lambda t: t[:1000])),
    (
        "the text null is lost",
        "identify.values",
        on_body(PEOPLE, lambda b, _: b.pop("name", 0) if b.get("name") == "null" else 0),
    ),
    (
        "digits in attributes become numbers",
        "group.values",
        attributes(
            lambda a: {k: int(v) if isinstance(v, str) and v.isdecimal() else v for k, v in a.items()}
        ),
    ),
    (
        "true as text becomes true in attributes",
        "identify.values",
        attributes(
            lambda a: {
                k: v == "true" if v in {"true", "false"} and isinstance(v, str) else v for k, v in a.items()
            }
        ),
    ),
    (
        "numbers in metadata are rounded",
        "track.values",
        attributes(lambda a: {k: round(v, 2) if isinstance(v, float) else v for k, v in a.items()}),
    ),
    (
        "long numbers lose digits",
        "identify.values",
        attributes(
            lambda a: {k: int(float(v)) if isinstance(v, int) and v > 2**53 else v for k, v in a.items()}
        ),
    ),
    (
        "names of attributes are snake case",
        "identify.values",
        attributes(lambda a: {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", k).lower(): v for k, v in a.items()}),
    ),
    (
        "blanks in names become _",
        "group.values",
        attributes(lambda a: {k.replace(" ", "_"): v for k, v in a.items()}),
    ),
    (
        "dots in names become _",
        "track.values",
        attributes(lambda a: {k.replace(".", "_"): v for k, v in a.items()}),
    ),
    ("empty names are lost", "group.values", attributes(lambda a: {k: v for k, v in a.items() if k})),
    (
        "names of digits are lost",
        "identify.values",
        attributes(lambda a: {k: v for k, v in a.items() if not k.isdigit()}),
    ),
    *(
        (
            f"the attribute {name} is lost",
            f"{kind}.values",
            attributes(partial(without_name, name)),
        )
        for name, kind in (
            ("createdAt", "identify"),
            ("status", "group"),
            ("timestamp", "track"),
            ("valueOf", "group"),
        )
    ),
    *(
        (
            f"the user id {word} is none",
            f"{kind}.values",
            on_message(partial(without_user_id, word)),
        )
        for word, kind in (("null", "identify"), ("undefined", "track"), ("anonymous", "group"))
    ),
    (
        "leading zeros of a user id are lost",
        "identify.values",
        texts(lambda t: str(int(t)) if t.isdecimal() else t, "user_id"),
    ),
)
UNREAD = (
    ("user_id is read", "identify.unread", also_reads("user_id", "userId", "identify")),
    ("context.userId is read", "track.unread", also_reads("context.userId", "userId", "track")),
    ("properties.userId is read", "track.unread", also_reads("properties.userId", "userId", "track")),
    ("context.groupId is read", "group.unread", also_reads("context.groupId", "groupId", "group")),
    ("traits.company_id is read", "group.unread", also_reads("traits.company_id", "groupId", "group")),
    (
        "the email of a group's top level is read",
        "group.unread",
        also_reads("email", "context.traits.email", "group"),
    ),
    (
        "the email of an identify's properties is read",
        "identify.unread",
        also_reads("properties.email", "traits.email", "identify"),
    ),
    (
        "session_count of traits is read",
        "identify.unread",
        also_reads("traits.session_count", "traits.sessionCount", "identify"),
    ),
    (
        "createdAt is the sign-up",
        "identify.unread",
        also_reads("traits.createdAt", "traits.signedUpAt", "identify"),
    ),
    (
        "monthly_revenue of traits is read",
        "group.unread",
        also_reads("traits.monthly_revenue", "traits.mrr", "group"),
    ),
    (
        "the company of the context is read",
        "track.unread",
        also_reads("context.groupId", "properties.company_id", "track"),
    ),
    ("sentAt is the time of an event", "track.unread", also_reads("sentAt", "timestamp", "track")),
    (
        "integrations drop a message",
        "identify.unread",
        on_message(lambda m: {**m, "type": ""} if "All" in as_object(m.get("integrations")) else None),
    ),
    (
        "enableDeduplication is read",
        "track.unread",
        on_settings(lambda s: {**s, "enablededuplication": True} if s.get("enableDeduplication") else s),
    ),
)
OTHERS = (
    ("phone is null when it is missing", "identify.unread", on_body(PEOPLE, with_null("phone"))),
    ("company_id of an event is null", "track.unread", on_body(EVENT, with_null("company_id"))),
    ("the name of a company is null", "group.unread", on_body(COMPANY, with_null("name"))),
    ("250 attributes are the most", "message.above-limits", attributes(lambda a: dict([*a.items()][:250]))),
    ("texts above 255 characters are cut", "message.above-limits", texts(lambda t: t[:255])),
    (
        "long texts of events are refused",
        "message.above-limits",
        refusing(lambda b: len(str(b.get("name", ""))) > LONGEST_OF_EVENT and "metadata" in b),
    ),
    ("the last user stays", "message.in-turn", last_user_stays()),
    ("messages are known by their messageId", "message.in-turn", cached_by_message_id()),
    ("a refused message is changed", "refused.first-reason", changing_refused),
    ("a refusal shows the key", "refused.first-reason", showing_key),
    ("derived ids have two digits", "group.derived-ids-differ", id_by(lambda _, known: known[:8])),
    (
        "the derived id ignores the case of messageId",
        "group.derived-id",
        id_by(lambda m, _: digest(str(m["messageId"]).lower()) if m.get("messageId") else None),
    ),
    (
        "the derived id depends on the address",
        "group.derived-id",
        id_by(lambda m, known: digest(known, at(m, "context.ip"))),
    ),
    (
        "the derived id depends on the library",
        "group.derived-id",
        id_by(lambda m, known: digest(known, at(m, "context.library"))),
    ),
    (
        "the email is the id of a new company",
        "group.unread",
        id_by(lambda m, _: at(m, "context.traits.email")),
    ),
)
VALUE_FAULTS = tuple(Fault(*parts) for parts in (*CONVERTED, *UNREAD, *OTHERS))
