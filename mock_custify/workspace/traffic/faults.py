"""Faults on purpose: rules that make some calls of a workspace slow, refused or cut off."""

from __future__ import annotations

from random import Random
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct, structs

from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.workspace.traffic.paths import LONGEST_PATTERN, PathMatcher

Headers = dict[
    Annotated[str, Meta(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")],
    Annotated[str, Meta(pattern=r"^[\x20-\x7e]*$", max_length=4096)],
]
MOST_RULES: Final = 1000
MOST_BYTES: Final = 16 * 1024 * 1024
FRAMING: Final = frozenset({"content-length", "transfer-encoding", "connection"})
EFFECTS: Final = ("status", "headers", "body", "delay", "drop")


class Fault(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One rule; without `method` and `path`, it matches every call.

    Match: the case of `method` is ignored; in `path`, `*` is any text and `{id}` is one segment.

    Effect: `status`, `headers` and `body` replace these parts of the answer (text is sent unchanged, any
    other `body` as JSON). `delay` is the number of seconds before the answer. `drop` closes the connection
    instead of answering. With `status` or `drop`, the call changes nothing, unless `after_write` is true.

    When: `nth` is the first matching call that the rule applies to, `times` is the number of calls (by
    default one with `nth`, and all without it). `probability` is the chance for each call; the same `seed`
    gives the same choices.
    """

    method: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    path: Annotated[str, Meta(pattern="^[/*]", max_length=LONGEST_PATTERN)] | None = None
    status: Annotated[int, Meta(ge=200, le=599)] | None = None
    headers: Headers | None = None
    body: Any = None
    delay: Annotated[float, Meta(ge=0, le=600)] = 0.0
    drop: bool = False
    after_write: bool = False
    nth: Annotated[int, Meta(ge=1)] | None = None
    times: Annotated[int, Meta(ge=1)] | None = None
    probability: Annotated[float, Meta(ge=0, le=1)] = 1.0
    seed: int = 0


class FaultAnswer(Fault, kw_only=True, frozen=True, omit_defaults=True):
    """A rule with the number of `calls` that it matched, and how often it was applied (`fired`)."""

    calls: int
    fired: int


class Rule:
    """A fault with its counts and its chance."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.method = fault.method.upper() if fault.method else None
        self.path = PathMatcher(fault.path or "*")
        self.chance = Random(fault.seed)  # noqa: S311 - drawn again the same way, no secret
        self.calls = 0
        self.fired = 0

    def counts(self, method: str, path: str) -> bool:
        """Tell whether a call matches, and count it."""
        if self.method not in {None, method} or not self.path.matches(path):
            return False
        self.calls += 1
        return True

    def fires(self) -> bool:
        """Tell whether the matching call that was just counted is hit, and count that."""
        fault = self.fault
        times = fault.times or (1 if fault.nth else None)
        if self.calls < (fault.nth or 1) or (times is not None and self.fired >= times):
            return False
        hit = self.chance.random() < fault.probability
        self.fired += hit
        return hit

    def answer(self) -> FaultAnswer:
        """Return the rule as the control API shows it."""
        return FaultAnswer(**structs.asdict(self.fault), calls=self.calls, fired=self.fired)


class Faults:
    """The rules of a workspace, in order: each counts the calls it matches, the first that fires acts."""

    __slots__ = ("bytes", "most_bytes", "rules")

    def __init__(self, faults: tuple[Fault, ...] = (), most_bytes: int = MOST_BYTES) -> None:
        self.rules: list[Rule] = []
        self.bytes, self.most_bytes = 0, most_bytes
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Add a rule after the others; raise InvalidRequestError when it does nothing or is one too many."""
        rule, size = Rule(checked(fault)), len(msgspec.json.encode(fault))
        if len(self.rules) >= MOST_RULES:
            raise InvalidRequestError(f"at most {MOST_RULES} faults are kept: DELETE /_mock/faults first")
        if self.bytes + size > self.most_bytes:
            raise InvalidRequestError(
                f"the faults would take more than {self.most_bytes} bytes: DELETE /_mock/faults first"
            )
        self.rules.append(rule)
        self.bytes += size

    def remove(self, number: int) -> None:
        """Delete the rule at a place, from 1; raise NotFoundError when there is none."""
        if not 1 <= number <= len(self.rules):
            raise NotFoundError(f"there is no fault {number}: the workspace has {len(self.rules)}")
        rule = self.rules.pop(number - 1)
        self.bytes -= len(msgspec.json.encode(rule.fault))

    def find(self, method: str, path: str) -> Fault | None:
        """Count a call and return the fault that hits it, or None."""
        matching = [rule for rule in self.rules if rule.counts(method, path)]
        return next((rule.fault for rule in matching if rule.fires()), None)


def checked(fault: Fault) -> Fault:
    """Return `fault` when it can act; raise InvalidRequestError that says what is wrong."""
    if fault.body is None and not any(getattr(fault, name) for name in EFFECTS):
        raise InvalidRequestError(f"a fault needs an effect: one of {', '.join(EFFECTS)}")
    for name in fault.headers or {}:
        if name.lower() in FRAMING:
            raise InvalidRequestError(f"a fault cannot set the header {name}: the server sets it")
    return fault
