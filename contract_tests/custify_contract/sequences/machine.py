"""A Hypothesis state machine: each rule is one kind of call, made on our fake and on the expected state."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from custify_contract.expected_state import ExpectedState
from custify_contract.law import SETTINGS, Case, Trial
from custify_contract.laws.checks import expect_equal, is_dropped
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.strategies.byte_choices import ByteChoices
from custify_contract.strategies.existing_records import company_body, person_body
from custify_contract.strategies.messages import SIZE, any_message, group, identify, track
from custify_contract.strategies.pools import COMPANY_IDS, FRESH_EMAILS, USER_IDS
from custify_contract.targets import API_KEY, OTHER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_contract.strategies import Message

KEYS: Final = (API_KEY, OTHER_KEY)
BLOCKS: Final = st.binary(min_size=SIZE + 2, max_size=SIZE + 2)
EXAMPLES: Final = 30
STEPS: Final = 25


def counted_rule(method: Callable[[SequenceMachine, ByteChoices], None]) -> Any:
    """Make a rule of a method: it counts its runs, and reads its choices from drawn bytes."""

    def run(self: SequenceMachine, data: bytes) -> None:
        self.ran[method.__name__.replace("_", " ")] += 1
        method(self, ByteChoices(data))

    run.__name__, run.__doc__ = method.__name__, method.__doc__
    return rule(data=BLOCKS)(run)


class SequenceMachine(RuleBasedStateMachine):
    """Our fake, and an expected state for each of two keys.

    A call that the fake refuses must not change its state; every other call changes both in the same way.
    """

    ran: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.custify = InProcessCustify()
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

    @invariant()
    def has_the_expected_state(self) -> None:
        """Expect the expected state in each workspace."""
        for key in KEYS:
            found, wanted = self.custify.observe(key), self.expected[key].observe()
            text = f"the workspace of {key} is not in its expected state"
            expect_equal(found, wanted, text)


def rule_names() -> list[str]:
    """Return the names under which the rules are counted."""
    methods = vars(SequenceMachine).items()
    return [name.replace("_", " ") for name, method in methods if hasattr(method, "hypothesis_stateful_rule")]


def run_machine(
    examples: int = EXAMPLES, run_seed: int = 0, machine: type[SequenceMachine] = SequenceMachine
) -> Counter[str]:
    """Return how often each rule ran; raise AssertionError for an unexpected state or an unused rule."""
    counts: Counter[str] = Counter()
    counted: Any = seed(run_seed)(type("Sequences", (machine,), {"ran": counts}))
    configured = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        print_blob=False,
    )
    run_state_machine_as_test(counted, settings=configured)
    expect_every_rule(counts)
    return counts


def expect_every_rule(counts: Counter[str]) -> None:
    """Raise AssertionError when a rule never ran."""
    missing = [name for name in rule_names() if not counts[name]]
    if missing:
        raise AssertionError(f"these rules never ran: {', '.join(missing)}; counted {dict(counts)}")
