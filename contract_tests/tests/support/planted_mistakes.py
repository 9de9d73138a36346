"""Faulty fakes with one mistake inside: a limit, a type, a look-up or a copy is wrong.

Such a mistake shows only in the records, so one function or one number of the fake is replaced during a call.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from msgspec import UNSET, structs

from custify_contract.targets import TargetResponse
from mock_custify import kinds
from mock_custify.api.paging import PageQuery
from mock_custify.resources import batches
from mock_custify.resources.associations.model import MEMBERSHIPS, Associations
from mock_custify.resources.companies import model as company_model
from mock_custify.resources.companies import rules as company_rules
from mock_custify.resources.events import model as event_model
from mock_custify.resources.events import rules as event_rules
from mock_custify.resources.events.log import EventLog
from mock_custify.resources.people import model as person_model
from mock_custify.resources.people import rules as person_rules
from mock_custify.values import present
from mock_custify.workspace import custom_fields
from mock_custify.workspace.collection import Bucket
from mock_custify.workspace.custom_fields import CustomFields
from mock_custify.workspace.records import Records
from support.planted_fakes import FakeFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_transformer import HttpRequest
    from support.planted_fakes import Send, Wrapper

field_type = custom_fields.field_type
find_person = person_rules.find_person
identified, company_identified = person_rules.identified, company_rules.identified
identity_of = person_model.identity_of
apply_link = person_rules.apply_link
copy_records, copy_log, forget = Records.copy, EventLog.copy, EventLog.forget


def mistaken(owner: Any, name: str, value: Any) -> Wrapper:
    """Return a fault that replaces one name of the fake during each call."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        with ExitStack() as stack:
            stack.enter_context(patch.object(owner, name, value))
            return send(request)

    return wrap


def typed(wrong: str, is_wrong: Callable[[Any, str], bool]) -> Wrapper:
    """Return a fault that gives some first values the wrong type."""
    return mistaken(
        custom_fields,
        "field_type",
        lambda value, name="": wrong if is_wrong(value, name) else field_type(value, name),
    )


def text_like(pattern: str) -> Callable[[Any, str], bool]:
    """Return whether a value is a text of a form."""
    return lambda value, _: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def reading_as(model: Any, names: str, read: Callable[[Any], Any]) -> Wrapper:
    """Return a fault that reads some fields of a record differently."""
    fields = {
        name: replace(kind, read=read) if re.fullmatch(names, name) else kind
        for name, kind in model.FIELDS.items()
    }
    return mistaken(model, "FIELDS", fields)


def never_unset(model: Any, *names: str) -> Wrapper:
    """Return a fault in which `$unset` does not empty some fields."""
    return mistaken(model, "UNSETTABLE", model.UNSETTABLE - {*names})


def copy_with(change: Callable[[Records, Records], Any]) -> Wrapper:
    """Return a fault of the snapshots: a copy of the records is not a whole copy."""

    def copied(records: Records) -> Records:
        twin = copy_records(records)
        change(records, twin)
        return twin

    return mistaken(Records, "copy", copied)


def forgetting_ids(log: EventLog) -> EventLog:
    """Return a copy of a log without the deduplication ids."""
    twin = copy_log(log)
    twin.deduplication_ids = set()
    return twin


def forgetting_without_ids(log: EventLog, record_id: str) -> None:
    """Forget the events of a record, and keep their deduplication ids."""
    known = set(log.deduplication_ids)
    forget(log, record_id)
    log.deduplication_ids |= known


def status(call: str, right: int, wrong: int) -> Wrapper:
    """Return a fault that answers a call ("POST /event") with another status."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        response = send(request)
        is_call = f"{request.method} {request.endpoint.partition('custify.com')[2]}" == call
        return TargetResponse(wrong, response.body) if is_call and response.status == right else response

    return wrap


def with_key(change: Callable[[str], str]) -> Wrapper:
    """Return a fault that reads the header with the key differently."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        header = change(request.headers.get("Authorization", ""))
        return send(replace(request, headers={**request.headers, "Authorization": header}))

    return wrap


def whole_email_first(workspace: Any, user_id: str | None, email: str | None) -> Any:
    """Find a person by email before the user_id."""
    return find_person(workspace, None, email) or find_person(workspace, user_id, None)


def without_cap(query: PageQuery, cap: int = 200) -> tuple[int, int]:
    """Return a page without the cap."""
    size = max(query.items_per_page, min(query.items_per_page, cap))
    return (query.page - 1) * size, query.page * size


MISTAKES = (
    ("a date alone is a String", "api.attribute-types", typed("String", text_like(r"\d{4}-\d\d-\d\d"))),
    ("numbers as text are Strings", "api.attribute-types", typed("String", text_like(r"-?\d+"))),
    ("decimals as text are Strings", "api.attribute-types", typed("String", text_like(r"\d+\.\d+"))),
    ("booleans as text are Strings", "api.attribute-types", typed("String", text_like("(?i)true|false"))),
    ("microseconds are no date", "api.attribute-types", typed("String", text_like(r".*\.\d{6}Z"))),
    (
        "names with _at are no dates",
        "api.attribute-types",
        typed("String", lambda v, n: n.endswith("_at") and field_type(v) == "String"),
    ),
    ("yes is a Boolean", "api.attribute-types", typed("Boolean", lambda v, _: v == "yes")),
    (
        "a text has 256 characters",
        "api.field-values",
        reading_as(person_model, "name|phone", lambda v: kinds.read_text(v, 256)),
    ),
    (
        "texts of people are stripped",
        "api.field-values",
        reading_as(person_model, "name|phone", lambda v: kinds.read_text(v).strip()),
    ),
    ("size takes decimals", "api.field-values", reading_as(company_model, "size", kinds.read_number)),
    (
        "revenue takes no decimals",
        "api.field-values",
        reading_as(company_model, "monthly_revenue", kinds.read_whole_number),
    ),
    (
        "any text is a date",
        "api.field-values",
        reading_as(person_model, "signed_up_at", lambda v: v if isinstance(v, str) else kinds.read_moment(v)),
    ),
    (
        "0 and 1 are flags",
        "api.field-values",
        reading_as(company_model, "churned", lambda v: bool(v) if kinds.is_number(v) else kinds.read_flag(v)),
    ),
    ("integers have 64 bits", "api.field-values", mistaken(kinds, "LARGEST_INTEGER", 2**63)),
    (
        "attributes have integers of 64 bits",
        "api.bad-attributes",
        mistaken(custom_fields, "LARGEST_INTEGER", 2**63),
    ),
    (
        "names of attributes have 191 characters",
        "api.bad-attributes",
        mistaken(custom_fields, "LONGEST_NAME", 191),
    ),
    ("objects are attributes", "api.bad-attributes", mistaken(custom_fields, "check_value", lambda *_: None)),
    ("texts of events have 255 characters", "api.limits", mistaken(event_model, "LONGEST_TEXT", 255)),
    ("metadata has 49 keys", "api.limits", mistaken(event_rules, "MOST_KEYS", 49)),
    ("metadata has 10,001 characters", "api.limits", mistaken(event_rules, "LONGEST_METADATA", 10_001)),
    (
        "the internal id of a person is ignored",
        "api.internal-ids",
        mistaken(person_rules, "identified", lambda w, r, g: identified(w, structs.replace(r, id=UNSET), g)),
    ),
    (
        "the internal id of a company is ignored",
        "api.internal-ids",
        mistaken(
            company_rules, "identified", lambda w, r: company_identified(w, structs.replace(r, id=UNSET))
        ),
    ),
    (
        "a taken user_id is accepted",
        "api.internal-ids",
        mistaken(person_rules, "refuse_taken", lambda *_: None),
    ),
    (
        "links by internal id are ignored",
        "api.internal-ids",
        mistaken(
            person_rules,
            "apply_link",
            lambda w, p, link: None if present(link.id) else apply_link(w, p, link),
        ),
    ),
    ("circles of two are accepted", "api.circles", mistaken(company_rules, "ancestors", lambda *_: [])),
    (
        "circles of three are accepted",
        "api.circles",
        mistaken(company_rules, "ancestors", lambda _, one: [parent.id for parent in one.parent_companies]),
    ),
    ("$unset keeps flags", "api.unset", never_unset(person_model, *person_model.FLAGS)),
    ("$unset keeps the website", "api.unset", never_unset(company_model, "website")),
    ("$unset keeps the sign-up of people", "api.unset", never_unset(person_model, "signed_up_at")),
    (
        "user ids ignore case",
        "api.identifies",
        mistaken(
            person_rules,
            "identity_of",
            lambda r: {k: v.lower() if k == "user_id" else v for k, v in identity_of(r).items()},
        ),
    ),
    (
        "emails ignore case",
        "api.identifies",
        mistaken(
            person_rules,
            "identity_of",
            lambda r: {k: v.lower() if k == "email" else v for k, v in identity_of(r).items()},
        ),
    ),
    (
        "an email finds who got it first",
        "api.shared-email",
        mistaken(Bucket, "oldest", lambda self: next(iter(self.live.values()), None)),
    ),
    (
        "the email of an event comes first",
        "api.events",
        mistaken(event_rules, "find_person", whole_email_first),
    ),
    (
        "an unknown user_id hides the email",
        "api.events",
        mistaken(event_rules, "find_person", lambda w, u, e: find_person(w, u, None if u else e)),
    ),
    (
        "remove as text is not read",
        "api.links",
        mistaken(person_rules, "is_removed", lambda link, _: link.remove is True),
    ),
    ("events of a deleted record stay", "api.deletes-people", mistaken(EventLog, "forget", lambda *_: None)),
    (
        "events of a deleted company stay",
        "api.deletes-companies",
        mistaken(
            company_rules, "forget_everywhere", lambda w, one: w.records[MEMBERSHIPS].forget_company(one)
        ),
    ),
    (
        "a deleted event keeps its deduplication id",
        "api.forgets",
        mistaken(EventLog, "forget", forgetting_without_ids),
    ),
    ("pages have no cap", "api.page-cap", mistaken(PageQuery, "span", without_cap)),
    (
        "the people of a company are the newest first",
        "api.reads",
        mistaken(
            person_rules,
            "people_of",
            lambda w, one: [
                w.records[person_model.PEOPLE].by_id[p] for p in w.records[MEMBERSHIPS].people_of(one)
            ][::-1],
        ),
    ),
    ("four synchronous jobs", "api.batches", mistaken(batches, "MOST_SYNCHRONOUS", 4)),
    ("99 asynchronous jobs", "api.batches", mistaken(batches, "MOST_ASYNCHRONOUS", 99)),
    (
        "a snapshot forgets links",
        "api.snapshots",
        copy_with(lambda _, twin: twin.update({MEMBERSHIPS: Associations()})),
    ),
    (
        "a snapshot forgets types",
        "api.snapshots",
        copy_with(lambda _, twin: setattr(twin, "fields", CustomFields())),
    ),
    (
        "a snapshot shares its events",
        "api.snapshots",
        copy_with(lambda records, twin: twin.update({event_model.EVENTS: records[event_model.EVENTS]})),
    ),
    ("a snapshot forgets deduplication ids", "api.snapshots", mistaken(EventLog, "copy", forgetting_ids)),
    (
        "a missing key is accepted",
        "api.keys",
        with_key(lambda header: header if header.strip() not in {"", "Bearer"} else "Bearer contract-key"),
    ),
    ("keys ignore case", "api.keys", with_key(str.lower)),
    ("POST /event answers 200", "api.attribute-types", status("POST /event", 202, 200)),
    ("POST /people answers 201", "api.field-values", status("POST /people", 200, 201)),
    ("DELETE /people answers 204", "api.deletes-people", status("DELETE /people", 200, 204)),
    ("an event of nobody is accepted", "api.sequences", status("POST /event", 404, 202)),
)
MISTAKEN_FAKES = tuple(FakeFault(*parts) for parts in MISTAKES)
