"""The state machine: each rule is one kind of call, on the Custify under test and on the expected state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.expected_state import ExpectedState
from custify_contract.law import SETTINGS
from custify_contract.laws.checks import expect, expect_equal, expect_same, is_dropped, value_text
from custify_contract.observed_state import name_of
from custify_contract.strategies.existing_records import company_body, person_body
from custify_contract.strategies.messages import SIZE, any_message, group, identify, track
from custify_contract.strategies.pools import COMPANY_IDS, EMAILS, FRESH_EMAILS, USER_IDS
from custify_contract.targets import API_KEY, OTHER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_contract.law import Trial
    from custify_contract.strategies import Message
    from custify_contract.strategies.byte_choices import ByteChoices

    Rule = Callable[[Any, ByteChoices], None]

WORKSPACES: Final = (API_KEY, OTHER_KEY)
KEYS: Final = (API_KEY, API_KEY, API_KEY, OTHER_KEY)  # most calls meet in one workspace
BLOCK_SIZE: Final = SIZE + 2
RULES: Final[dict[str, Rule]] = {}


def counted_rule(method: Rule) -> Rule:
    """Make a rule of a method; it reads its choices from drawn bytes."""
    RULES[method.__name__.replace("_", " ")] = method
    return method


class SequenceMachine:
    """A Custify, and an expected state for each of two keys.

    A call that the Custify refuses must not change its state; every other call changes both in the same way.
    """

    def __init__(self, trial: Trial) -> None:
        self.trial, self.custify = trial, trial.custify
        self.expected = {key: ExpectedState(self.custify.observe(key)) for key in WORKSPACES}
        self.sent: list[tuple[str, Message]] = []
        self.kept: dict[str, Any] = {}  # expected states by key, as a snapshot has them
        self.tags: dict[tuple[str, str], set[str]] = {}  # by key and internal id of a person

    def deliver(self, choices: ByteChoices, message: Message) -> None:
        """Deliver a message with one of the keys."""
        key = choices.pick(KEYS)
        self.sent.append((key, message))
        self.deliver_with(key, message)

    def deliver_with(self, key: str, message: Message) -> None:
        """Deliver a message with a key; apply the accepted requests to the expected state of that key."""
        step = self.trial.deliver(message, {**SETTINGS, "apiKey": key, "enablededuplication": True})
        for request, response in zip(step.requests, step.responses, strict=True):
            text = f"{request.endpoint} answered {response.status} {value_text(response.body)}"
            expect(response.ok or is_dropped(step), text)
            self.expected[key].apply(request)

    def call(
        self,
        key: str,
        method: str,
        path: str,
        body: Any = None,
        status: int = 200,
        **params: str,
    ) -> ExpectedState | None:
        """Make a direct call, which must have a status; return the expected state if it is accepted."""
        response = self.trial.call(method, path, body, key, **params)
        expect_same(response.status, status, f"status of {method} {path} {value_text(body or params)}")
        return self.expected[key] if response.ok else None

    def upsert(self, key: str, body: dict[str, Any]) -> None:
        """Upsert a person, which Custify must accept."""
        if expected := self.call(key, "POST", "/people", body):
            expected.post_person(body)

    @counted_rule
    def identify(self, choices: ByteChoices) -> None:
        """Deliver an identify, which may name a company to join or to leave."""
        self.deliver(choices, identify(choices))

    @counted_rule
    def track(self, choices: ByteChoices) -> None:
        """Deliver a track."""
        self.deliver(choices, track(choices))

    @counted_rule
    def group(self, choices: ByteChoices) -> None:
        """Deliver a group."""
        self.deliver(choices, group(choices))

    @counted_rule
    def removal(self, choices: ByteChoices) -> None:
        """Remove a person from a company."""
        company, user = {"id": choices.pick(COMPANY_IDS), "remove": True}, choices.pick(USER_IDS)
        context = {"traits": {"company": company}}
        self.deliver(choices, {"type": "identify", "userId": user, "context": context})

    @counted_rule
    def refused(self, choices: ByteChoices) -> None:
        """Deliver a message of another type, or one without any identifier of a person."""
        broken: Message = choices.pick(
            ({"type": "page"}, {"userId": None, "context": {}, "traits": {"name": "x"}})
        )
        self.deliver(choices, {**any_message(choices), "event": "e", **broken})

    @counted_rule
    def repeat(self, choices: ByteChoices) -> None:
        """Deliver an earlier message again."""
        if self.sent:
            self.deliver_with(*choices.pick(self.sent))

    @counted_rule
    def reorder(self, choices: ByteChoices) -> None:
        """Deliver two of the last three messages again, the later one first."""
        for key, message in reversed(self.sent[-2:] if choices.flag() else self.sent[-3:-1]):
            self.deliver_with(key, message)

    @counted_rule
    def post_person(self, choices: ByteChoices) -> None:
        """Upsert a person by a direct call."""
        link = choices.maybe(COMPANY_IDS)
        self.upsert(
            choices.pick(KEYS), person_body(choices.pick(USER_IDS), choices.number(4), link, "Direct")
        )

    @counted_rule
    def share_email(self, choices: ByteChoices) -> None:
        """Upsert a person, new or known, with an email that others may have too."""
        who = choices.pick(({"user_id": choices.pick((*USER_IDS, "s1", "s2"))}, {}))
        self.upsert(choices.pick(KEYS), {**who, "email": choices.pick(FRESH_EMAILS)})

    @counted_rule
    def rename_email(self, choices: ByteChoices) -> None:
        """Give a person another email, so that the old one finds nobody."""
        email = f"renamed{choices.number(4)}@example.com"
        self.upsert(choices.pick(KEYS), {"user_id": choices.pick(USER_IDS), "email": email})

    @counted_rule
    def unset(self, choices: ByteChoices) -> None:
        """Empty fields of a person."""
        names = ("name", "custom_attributes.country", "session_count", "unsubscribed_from_calls", "parents")
        chosen = [name for name in names if choices.flag()]
        self.upsert(choices.pick(KEYS), {"user_id": choices.pick(USER_IDS), "$unset": chosen})

    @counted_rule
    def post_company(self, choices: ByteChoices) -> None:
        """Upsert a company by a direct call."""
        body = company_body(choices.pick(COMPANY_IDS), choices.number(3))
        if expected := self.call(choices.pick(KEYS), "POST", "/company", body):
            expected.post_company(body)

    @counted_rule
    def delete_person(self, choices: ByteChoices) -> None:
        """Delete a person by user_id, as RudderStack does, or the oldest one with an email."""
        key, email = choices.pick(KEYS), choices.pick((*EMAILS.values(), *FRESH_EMAILS))
        query = choices.pick(({"user_id": choices.pick((*USER_IDS, "s1"))}, {"email": email}))
        person = self.expected[key].find_person(query)
        if expected := self.call(key, "DELETE", "/people", None, 200 if person else 404, **query):
            expected.delete_person(name_of(person or {}))

    @counted_rule
    def delete_company(self, choices: ByteChoices) -> None:
        """Delete a company."""
        key, name = choices.pick(KEYS), choices.pick(COMPANY_IDS)
        status = 200 if self.expected[key].find_company(name) else 404
        if expected := self.call(key, "DELETE", "/company", None, status, company_id=name):
            expected.delete_company(name)

    @counted_rule
    def look_up(self, choices: ByteChoices) -> None:
        """Read a person by an email that is, was or never was somebody's."""
        emails = (*EMAILS.values(), *FRESH_EMAILS, *(f"renamed{number}@example.com" for number in range(4)))
        key, email = choices.pick(KEYS), choices.pick(emails)
        response = self.trial.call("GET", "/people", None, key, email=email)
        found = response.body[0]["people"] if response.ok else []
        wanted = self.expected[key].find_person({"email": email})
        expect_same(len(found), 1 if wanted else 0, f"people found by {email}")
        if wanted:
            expect_same(name_of(found[0]), name_of(wanted), f"the person found by {email}")

    @counted_rule
    def reset(self, choices: ByteChoices) -> None:
        """Delete everything of one workspace."""
        key = choices.pick(KEYS)
        if not choices.number(4) and self.trial.call("DELETE", "/_mock/state", None, key).ok:
            self.expected[key] = ExpectedState()

    def has_the_expected_state(self) -> None:
        """Expect the expected state in each workspace."""
        for key in WORKSPACES:
            found, wanted = self.custify.observe(key), self.expected[key].observe()
            text = f"the workspace of {key} is not in its expected state"
            expect_equal(found, wanted, text)
