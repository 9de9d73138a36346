"""What a message would become: tried on a copy of the records it touches, never on the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from custify_transformer import PROFILES, Destination, HttpRequest, TransformError, transform
from custify_transformer.service import set_source_timestamp
from mock_custify.api import Call
from mock_custify.api.backend import Backend
from mock_custify.api.call import operation_of
from mock_custify.api.exchange import Exchange
from mock_custify.dashboard.association import association_of
from mock_custify.dashboard.differences import change, compare
from mock_custify.dataplane.delivery.local_delivery import environ_of_request
from mock_custify.dataplane.delivery.named_records import NamedRecords, find_named_records
from mock_custify.dataplane.enrichment import enriched, ids_of
from mock_custify.dataplane.filters import destination_verdict, type_verdict
from mock_custify.dataplane.times import with_times
from mock_custify.errors import ApiError
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE
from mock_custify.values import iso
from mock_custify.workspace import Records, Store, Workspace
from mock_custify.workspace.store import digest

if TYPE_CHECKING:
    from flask import Flask

    from mock_custify.api import Answer

KEY: Final = "KEY"
NO_ID: Final = "the-messageId-that-an-sdk-adds"
REFUSED: Final = 400


class ProfileResult(Struct, frozen=True):
    """What one profile makes of a message: requests, and why it was refused if it was."""

    requests: tuple[HttpRequest, ...]
    refusal: dict[str, Any] | None


def preview(workspace: Workspace, app: Flask, message: Any) -> dict[str, Any]:
    """Return what both profiles make of `message`, and what the one in use would change."""
    profile, config = workspace.destination.profile, workspace.destination.config
    arrived = as_it_arrives(workspace, message)
    outcomes = outcomes_of(arrived, config)
    verdict = verdict_on(arrived, config)
    requests = () if verdict else outcomes[profile].requests
    aside = excerpt(workspace, [request.body for request in requests])
    before = find_named_records(aside.records, [request.body for request in requests])
    answers = answers_of(app, aside, requests)
    after = find_named_records(aside.records, [request.body for request in requests])
    return {
        "profile": profile,
        "filtered": verdict,
        **explained(arrived, outcomes),
        "answers": answers,
        "change": change(before, after),
    }


def as_it_arrives(workspace: Workspace, message: Any) -> Any:
    """Return `message` with what the data plane adds; without a messageId it gets the same one each time."""
    if not isinstance(message, dict):
        return message
    now = workspace.clock.now()
    whole = {**message, "messageId": message.get("messageId") or NO_ID}
    return set_source_timestamp(with_times(enriched(whole, ids_of(whole), iso(now), "", KEY), now))


def verdict_on(message: Any, config: dict[str, Any]) -> str | None:
    """Return why the data plane would keep `message` back, or None."""
    if not isinstance(message, dict):
        return None
    verdict = destination_verdict(message, config) or type_verdict(message)
    return verdict.reason if verdict else None


def explained(message: Any, outcomes: dict[str, ProfileResult]) -> dict[str, Any]:
    """Return the refusals of both profiles, their requests side by side, and the rule of association."""
    return {
        "refusals": {name: outcome.refusal for name, outcome in outcomes.items()},
        "comparison": compare(outcomes["documented"].requests, outcomes["production"].requests),
        "association": association_of(message),
    }


def outcomes_of(message: Any, config: dict[str, Any]) -> dict[str, ProfileResult]:
    """Return what each profile makes of `message` with the destination settings in `config`."""
    destination = Destination.from_config({**config, "apiKey": KEY})
    return {profile: outcome_of(message, destination, profile) for profile in PROFILES}


def outcome_of(message: Any, destination: Destination, profile: str) -> ProfileResult:
    """Return what one profile makes of `message`."""
    try:
        return ProfileResult(transform(message, destination, profile), None)
    except TransformError as error:
        told = {"kind": error.kind, "status": error.status, "text": error.text}
        return ProfileResult(error.requests, told)


def excerpt(workspace: Workspace, bodies: list[Any]) -> Workspace:
    """Return a workspace with copies of the records that `bodies` name, and the clock and ids of this one.

    Its size does not depend on the size of `workspace`.
    """
    records = workspace.records
    named = find_named_records(records, bodies)
    aside = Workspace()
    aside.clock = workspace.clock
    aside.records = Records(ids=records.ids.copy())
    fill(aside.records, named)
    wanted = {body.get("deduplication_id") for body in bodies if isinstance(body, dict)}
    seen = {text for text in map(str, wanted - {None}) if records[EVENTS].seen(text)}
    aside.records[EVENTS].deduplication_ids = seen
    return aside


def fill(records: Records, named: NamedRecords) -> None:
    """Store the people, companies and links of a standing."""
    for person in named.people:
        records[PEOPLE].put(person)
    for company in named.companies:
        records[COMPANIES].put(company)
    for person_id, company_id in named.links:
        records[MEMBERSHIPS].associate(person_id, company_id)


def answers_of(app: Flask, aside: Workspace, requests: tuple[HttpRequest, ...]) -> list[dict[str, Any]]:
    """Return the answers of the Custify API to the requests, made in order until one is refused."""
    store = Store()
    store.keep(digest(KEY), aside)
    answers: list[dict[str, Any]] = []
    for request in requests:
        answer = answer_of(Backend(app, store), request)
        answers.append({"status": answer.status, "body": msgspec.json.decode(answer.body)})
        if answer.status >= REFUSED:
            break
    return answers


def answer_of(backend: Backend, request: HttpRequest) -> Answer:
    """Return the answer to one request over the store of `backend`, a refusal where it is refused."""
    environ = environ_of_request(request, Exchange())
    endpoint, params = backend.app.url_map.bind("localhost").match(environ["PATH_INFO"], request.method)
    operation = operation_of(backend.app, endpoint)
    if operation is None:
        raise LookupError(f"{request.method} {request.endpoint} is not a call of the Custify API")
    asked = Call(environ, backend, params, operation.max_body)
    try:
        return operation.respond(asked)
    except ApiError as error:
        return operation.refuse(asked, error)
