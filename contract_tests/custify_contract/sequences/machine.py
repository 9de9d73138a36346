"""The state machine: each rule is one kind of call, on the Custify under test and on the expected state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.expected_state import ExpectedState
from custify_contract.law import SETTINGS, Case, Trial
from custify_contract.laws.checks import expect_equal, expect_same, is_dropped
from custify_contract.observed_state import name_of
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.strategies.existing_records import company_body, person_body
from custify_contract.strategies.messages import SIZE, any_message, group, identify, track
from custify_contract.strategies.pools import COMPANY_IDS, EMAILS, FRESH_EMAILS, USER_IDS
from custify_contract.targets import API_KEY, OTHER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_contract.strategies import Message
    from custify_contract.strategies.byte_choices import ByteChoices

    Rule = Callable[[Any, ByteChoices], None]

KEYS: Final = (API_KEY, OTHER_KEY)
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

    def __init__(self, custify: InProcessCustify | None = None) -> None:
        self.custify = custify or InProcessCustify()
        self.custify.reset()
        self.trial = Trial(InProcessTransformer(), self.custify, Case())
        self.expected = {key: ExpectedState() for key in KEYS}
        self.sent: list[tuple[str, Message]] = []

    def deliver(self, choices: ByteChoices, message: Message) -> None:
        """Deliver a message with one of the keys."""
        key = choices.pick(KEYS)
        self.sent.append((key, message))
        self.deliver_with(key, message)

    def deliver_with(self, key: str, message: Message) -> None:
        """Deliver a message with a key; apply the accepted requests to the expected state of that key."""
        step = self.trial.deliver(message, {**SETTINGS, "apiKey": key, "enablededuplication": True})
        for request, response in zip(step.requests, step.responses, strict=True):
            if response.ok or is_dropped(step):
                self.expected[key].apply(request)

    def call(
        self, choices: ByteChoices, method: str, path: str, body: Any = None, **params: str
    ) -> ExpectedState | None:
        """Make a direct call with one of the keys; return the expected state of the key if it is accepted."""
        key = choices.pick(KEYS)
        return self.expected[key] if self.trial.call(method, path, body, key, **params).ok else None

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
        body = person_body(choices.pick(USER_IDS), choices.number(4), link, "Direct")
        if expected := self.call(choices, "POST", "/people", body):
            expected.post_person(body)

    @counted_rule
    def share_email(self, choices: ByteChoices) -> None:
        """Upsert a person, new or known, with an email that others may have too."""
        body = {"user_id": choices.pick((*USER_IDS, "s1", "s2")), "email": choices.pick(FRESH_EMAILS)}
        if expected := self.call(choices, "POST", "/people", body):
            expected.post_person(body)

    @counted_rule
    def unset(self, choices: ByteChoices) -> None:
        """Empty fields of a person."""
        body = {"user_id": choices.pick(USER_IDS), "$unset": ["name", "custom_attributes.country"]}
        if expected := self.call(choices, "POST", "/people", body):
            expected.post_person(body)

    @counted_rule
    def parents(self, choices: ByteChoices) -> None:
        """Put a company above another one, or take it away."""
        link = {"company_id": choices.pick(COMPANY_IDS), **({"remove": True} if choices.flag() else {})}
        body = {"company_id": choices.pick(COMPANY_IDS), "parent_companies": [link]}
        if expected := self.call(choices, "POST", "/company", body):
            expected.post_company(body)

    @counted_rule
    def post_company(self, choices: ByteChoices) -> None:
        """Upsert a company by a direct call."""
        body = company_body(choices.pick(COMPANY_IDS), choices.number(3))
        if expected := self.call(choices, "POST", "/company", body):
            expected.post_company(body)

    @counted_rule
    def delete_person(self, choices: ByteChoices) -> None:
        """Delete a person, as RudderStack does when a user asks for it."""
        name = choices.pick(USER_IDS)
        if expected := self.call(choices, "DELETE", "/people", user_id=name):
            expected.delete_person(name)

    @counted_rule
    def delete_company(self, choices: ByteChoices) -> None:
        """Delete a company."""
        name = choices.pick(COMPANY_IDS)
        if expected := self.call(choices, "DELETE", "/company", company_id=name):
            expected.delete_company(name)

    @counted_rule
    def rename_email(self, choices: ByteChoices) -> None:
        """Give a person another email, so that the old one finds nobody."""
        body = {"user_id": choices.pick(USER_IDS), "email": f"renamed{choices.number(4)}@example.com"}
        if expected := self.call(choices, "POST", "/people", body):
            expected.post_person(body)

    @counted_rule
    def look_up(self, choices: ByteChoices) -> None:
        """Read a person by an email that is, was or never was somebody's."""
        emails = (*EMAILS.values(), *FRESH_EMAILS, *(f"renamed{number}@example.com" for number in range(4)))
        key, email = choices.pick(KEYS), choices.pick(emails)
        response = self.trial.call("GET", "/people", None, key, email=email)
        found = response.body[0]["people"] if response.ok else []
        wanted = [person for person in self.expected[key].people if person.get("email") == email]
        expect_same(len(found), len(wanted), f"people found by {email}")
        if found:
            expect_same(name_of(found[0]), name_of(wanted[0]), f"the person found by {email}")

    @counted_rule
    def reset(self, choices: ByteChoices) -> None:
        """Delete everything of one workspace."""
        key = choices.pick(KEYS)
        if not choices.number(4) and self.trial.call("DELETE", "/_mock/state", None, key).ok:
            self.expected[key] = ExpectedState()

    def has_the_expected_state(self) -> None:
        """Expect the expected state in each workspace."""
        for key in KEYS:
            found, wanted = self.custify.observe(key), self.expected[key].observe()
            text = f"the workspace of {key} is not in its expected state"
            expect_equal(found, wanted, text)
