"""Any sequence of calls on several workspaces, beside plain dicts that take the same calls."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from custify_contract.choices import Choices
from custify_contract.law import SETTINGS, Case, Trial
from custify_contract.laws.states import expect_equal
from custify_contract.model import Model
from custify_contract.strategies import SIZE, any_message, group, identify, track
from custify_contract.targets import API_KEY, OTHER_KEY, OurCustify, OurTransformer
from custify_contract.worlds import COMPANY_IDS, USER_IDS, company_body, person_body

if TYPE_CHECKING:
    from custify_contract.strategies import Message

KEYS: Final = (API_KEY, OTHER_KEY)
BLOCKS: Final = st.binary(min_size=SIZE + 2, max_size=SIZE + 2)
EXAMPLES: Final = 30
STEPS: Final = 25


class SequenceMachine(RuleBasedStateMachine):
    """Our fake beside a model for each key; every rule is one kind of call.

    What the fake refuses must leave it as it was; everything else the model does, too.
    """

    ran: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.custify = OurCustify()
        self.custify.reset()
        self.trial = Trial(OurTransformer(), self.custify, Case())
        self.models = {key: Model() for key in KEYS}
        self.sent: list[tuple[str, Message]] = []

    def deliver(self, choices: Choices, message: Message) -> None:
        """Deliver a message with one of the keys, and let the model of that key follow."""
        key = choices.pick(KEYS)
        self.sent.append((key, message))
        self.again(key, message)

    def again(self, key: str, message: Message) -> None:
        """Deliver a message with a key."""
        step = self.trial.deliver(message, {**SETTINGS, "apiKey": key, "enablededuplication": True})
        for request, reply in zip(step.requests, step.replies, strict=True):
            if reply.ok:
                self.models[key].apply(request)

    def direct(self, choices: Choices, method: str, path: str, body: Any = None, **params: str) -> str | None:
        """Make a direct call with one of the keys; return the key when the call was taken."""
        key = choices.pick(KEYS)
        return key if self.trial.call(method, path, body, key, **params).ok else None

    @rule(data=BLOCKS)
    def identify(self, data: bytes) -> None:
        """Deliver an identify, which may join or leave a company."""
        self.ran["identify"] += 1
        choices = Choices(data)
        self.deliver(choices, identify(choices))

    @rule(data=BLOCKS)
    def track(self, data: bytes) -> None:
        """Deliver a track."""
        self.ran["track"] += 1
        choices = Choices(data)
        self.deliver(choices, track(choices))

    @rule(data=BLOCKS)
    def group(self, data: bytes) -> None:
        """Deliver a group."""
        self.ran["group"] += 1
        choices = Choices(data)
        self.deliver(choices, group(choices))

    @rule(data=BLOCKS)
    def removal(self, data: bytes) -> None:
        """Take a person out of a company."""
        self.ran["removal"] += 1
        choices = Choices(data)
        company = {"id": choices.pick(COMPANY_IDS), "remove": True}
        message = {
            "type": "identify",
            "userId": choices.pick(USER_IDS),
            "context": {"traits": {"company": company}},
        }
        self.deliver(choices, message)

    @rule(data=BLOCKS)
    def refused(self, data: bytes) -> None:
        """Deliver a message that names nobody, or is of another type."""
        self.ran["refused"] += 1
        choices = Choices(data)
        broken: Message = choices.pick(
            ({"type": "page"}, {"userId": None, "context": {}, "traits": {"name": "x"}})
        )
        self.deliver(choices, {**any_message(choices), "event": "e", **broken})

    @rule(data=BLOCKS)
    def repeat(self, data: bytes) -> None:
        """Deliver an earlier message again, however many came after it."""
        self.ran["repeat"] += 1
        if self.sent:
            self.again(*Choices(data).pick(self.sent))

    @rule(data=BLOCKS)
    def reorder(self, data: bytes) -> None:
        """Deliver the last two messages again, the later one first."""
        self.ran["reorder"] += 1
        for key, message in reversed(self.sent[-2:] if data[0] else self.sent[-3:-1]):
            self.again(key, message)

    @rule(data=BLOCKS)
    def post_person(self, data: bytes) -> None:
        """Upsert a person by a direct call."""
        self.ran["post person"] += 1
        choices = Choices(data)
        link = choices.maybe(COMPANY_IDS)
        body = person_body(choices.pick(USER_IDS), choices.number(4), link, "Direct")
        if key := self.direct(choices, "POST", "/people", body):
            self.models[key].post_person(body)

    @rule(data=BLOCKS)
    def post_company(self, data: bytes) -> None:
        """Upsert a company by a direct call."""
        self.ran["post company"] += 1
        choices = Choices(data)
        body = company_body(choices.pick(COMPANY_IDS), choices.number(3))
        if key := self.direct(choices, "POST", "/company", body):
            self.models[key].post_company(body)

    @rule(data=BLOCKS)
    def delete_person(self, data: bytes) -> None:
        """Delete a person, as RudderStack does for a user to forget."""
        self.ran["delete person"] += 1
        choices = Choices(data)
        name = choices.pick(USER_IDS)
        if key := self.direct(choices, "DELETE", "/people", user_id=name):
            self.models[key].delete_person(name)

    @rule(data=BLOCKS)
    def delete_company(self, data: bytes) -> None:
        """Delete a company."""
        self.ran["delete company"] += 1
        choices = Choices(data)
        name = choices.pick(COMPANY_IDS)
        if key := self.direct(choices, "DELETE", "/company", company_id=name):
            self.models[key].delete_company(name)

    @invariant()
    def is_the_model(self) -> None:
        """Expect each workspace to be what its model holds."""
        for key in KEYS:
            found, wanted = self.custify.snapshot(key), self.models[key].snapshot()
            expect_equal(
                without_links(found), without_links(wanted), f"the workspace of {key} left its model"
            )


def without_links(snapshot: Any) -> Any:
    """Return a workspace whose events do not tell whom they belong to: that may have been deleted since."""
    from dataclasses import replace  # noqa: PLC0415 - the only use

    bare = [{k: v for k, v in event.items() if k not in {"person", "company"}} for event in snapshot.events]
    return replace(snapshot, events=tuple(bare))


def rule_names() -> list[str]:
    """Return what every rule is counted as."""
    methods = vars(SequenceMachine)
    return [
        name.replace("_", " ")
        for name, method in methods.items()
        if hasattr(method, "hypothesis_stateful_rule")
    ]


def run_machine(
    examples: int = EXAMPLES, run_seed: int = 0, machine: type[SequenceMachine] = SequenceMachine
) -> Counter[str]:
    """Return how often each rule ran; raise when a workspace leaves its model or a rule never ran."""
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


__all__ = ["SequenceMachine", "rule_names", "run_machine"]
