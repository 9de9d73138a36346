"""What a law is: a sentence of the documentation, the cases that try it, and the check that it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from custify_contract.snapshot import Snapshot, json_text, same
from custify_contract.targets import API_KEY, Refused, call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

    from custify_contract.snapshot import Json
    from custify_contract.targets import Custify, Reply, Transformer
    from custify_transformer import HttpRequest

Level: TypeAlias = Literal["documented", "decided", "observed"]
SETTINGS: Final[Mapping[str, Any]] = {"apiKey": API_KEY}
WITH_ANONYMOUS_ID: Final = {**SETTINGS, "sendAnonymousId": True}


class BrokenLawError(AssertionError):
    """A law does not hold; the text says what was expected and what was found, `trial` how it came to it."""

    trial: Trial | None = None


@dataclass(frozen=True)
class Case:
    """One try: what exists in Custify before, the messages, the settings, and what is known to follow.

    `setup` are calls as (path, body). `facts` are what the law knows about its case by construction.
    """

    messages: tuple[Any, ...] = ()
    settings: Json = field(default_factory=lambda: dict(SETTINGS))
    setup: tuple[tuple[str, Json], ...] = ()
    facts: Json = field(default_factory=dict)

    @property
    def message(self) -> Any:
        """Return the last message."""
        return self.messages[-1]


@dataclass(frozen=True)
class Step:
    """What became of one message: its requests with their replies, and why it was refused if it was.

    Without replies the requests were made and not delivered.
    """

    message: Any
    requests: tuple[HttpRequest, ...]
    replies: tuple[Reply, ...]
    refusal: str | None = None


@dataclass
class Trial:
    """A case while it is played: what was sent, and the workspace before and after.

    `setup` and `messages` are those of the case by the names that they have on this Custify.
    """

    transformer: Transformer
    custify: Custify
    case: Case
    steps: list[Step] = field(default_factory=list)
    before: Snapshot = field(default_factory=Snapshot)
    after: Snapshot = field(default_factory=Snapshot)
    marks: dict[str, Any] = field(default_factory=dict)
    setup: tuple[HttpRequest, ...] = ()
    messages: tuple[Any, ...] = ()

    def prepare(self) -> None:
        """Make what must exist before; the case may then be played."""
        self.custify.reset()
        rename = self.custify.rename
        self.setup = tuple(call("POST", path, rename(body)) for path, body in self.case.setup)
        for request in self.setup:
            reply = self.custify.send(request)
            if not reply.ok:
                said = f"{request.method} {request.endpoint} answered {reply.status} {reply.body}"
                raise BrokenLawError(f"the workspace cannot be prepared: {said}")
        self.before = self.custify.snapshot()
        self.messages = tuple(rename(message) for message in self.case.messages)

    def deliver(self, message: Any, settings: Json | None = None) -> Step:
        """Transform a message and send what it becomes, in order, until a request is refused."""
        refusal: str | None = None
        try:
            requests = self.transformer.transform(
                self.custify.rename(message), self.case.settings if settings is None else settings
            )
        except Refused as refused:
            requests, refusal = refused.requests, str(refused)
        step = self.sent(message, requests, refusal)
        self.steps.append(step)
        return step

    def sent(self, message: Any, requests: tuple[HttpRequest, ...], refusal: str | None) -> Step:
        """Return the step of requests that are sent now."""
        replies: list[Reply] = []
        for request in requests:
            replies.append(self.custify.send(request))
            if not replies[-1].ok:
                reply = replies[-1]
                refusal = refusal or f"Custify answered {reply.status}: {json_text(reply.body)}"
                break
        return Step(message, requests[: len(replies)], tuple(replies), refusal)

    def call(self, method: str, path: str, body: Json = None, api_key: str = API_KEY, **params: Any) -> Reply:
        """Make a direct call of the Custify API."""
        named = self.custify.rename(params)
        request = call(method, path, self.custify.rename(body), api_key, **named)
        reply = self.custify.send(request)
        self.steps.append(Step(None, (request,), (reply,)))
        return reply

    def named(self, fact: str, key: str = "userId") -> str:
        """Return an id or email among the facts of the case as it is called in this run."""
        value = self.case.facts[fact]
        key = "email" if key == "userId" and "@" in value else key
        return str(self.custify.rename({key: value})[key])

    @property
    def requests(self) -> tuple[HttpRequest, ...]:
        """Return every request that was sent."""
        return tuple(request for step in self.steps for request in step.requests)


def deliver_all(trial: Trial) -> None:
    """Deliver every message of the case, in order."""
    for message in trial.case.messages:
        trial.deliver(message)


@dataclass(frozen=True)
class Law:
    """A promise: `source` quotes the sentence or row it comes from, `section` is the heading above it.

    `play` acts, `check` only looks, so that a slow Custify may be looked at again; both raise BrokenLawError.
    A law with `needs_all` wants a Custify that shows events, custom fields and a second workspace.
    """

    id: str
    section: str
    source: str
    level: Level
    cases: SearchStrategy[Case]
    check: Callable[[Trial], None]
    play: Callable[[Trial], None] = deliver_all
    needs_all: bool = False


def expect(holds: object, text: str) -> None:
    """Raise BrokenLawError with `text` unless `holds`."""
    if not holds:
        raise BrokenLawError(text)


def expect_same(found: Any, wanted: Any, what: str) -> None:
    """Raise BrokenLawError unless both are the same JSON; in Python True equals 1, in JSON it does not."""
    if not same(found, wanted):
        raise BrokenLawError(f"{what}: expected {spelled(wanted)}, found {spelled(found)}")


def spelled(value: Any) -> str:
    """Return a value as the text of an expectation."""
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def expect_accepted(trial: Trial) -> None:
    """Raise BrokenLawError when a message of the case was refused."""
    for step in trial.steps:
        expect(step.refusal is None, f"the message was refused: {step.refusal}")


def expect_person(snapshot: Snapshot, name: str) -> Json:
    """Return the person of a user id or an email, who must be there exactly once."""
    found = snapshot.people_named(name)
    expect(len(found) == 1, f"the person {name} must exist exactly once, found {len(found)}")
    return found[0]


def expect_company(snapshot: Snapshot, company_id: str) -> Json:
    """Return the company of a company_id, which must be there exactly once."""
    found = snapshot.companies_named(company_id)
    expect(len(found) == 1, f"the company {company_id} must exist exactly once, found {len(found)}")
    return found[0]
