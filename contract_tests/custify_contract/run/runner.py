"""Checks laws on generated cases, until a case breaks the law or the examples are used up.

The same seed gives the same run.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from math import inf
from typing import TYPE_CHECKING, Final

from custify_contract.law import BrokenLawError, Case, Law, Trial
from custify_contract.run.failure_report import failure_report
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.run.result import Result
from custify_contract.strategies.byte_choices import blocks, shrink
from custify_contract.targets import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from custify_contract.targets import CustifyTarget, TransformerTarget

EXAMPLES: Final = 100
EXTERNAL_EXAMPLES: Final = 25  # each takes several calls: a run must not take longer than three minutes
PAUSE: Final = 0.1  # seconds between two looks at a slow Custify
ENOUGH: Final = 50  # checks after which the speed of a Custify is known
SHRINK_SECONDS: Final = 1.0  # time limit for the search for a smaller case on a slow Custify


@dataclass
class Targets:
    """The transformer and the Custify under test.

    `slowest` is the longest time in seconds until a write was readable so far; a write that the first look
    shows took no time, however long the look takes. While a search is `shrinking` a broken case, a write gets
    about twice that time instead of the whole visibility timeout.
    After ENOUGH checks that `held`, a write of a new case gets ten times that time.
    """

    transformer: TransformerTarget
    custify: CustifyTarget
    slowest: float = 0.0
    shrinking: bool = False
    held: int = 0

    def run_case(self, law: Law, case: Case) -> Trial:
        """Run one case and check the law; raise BrokenLawError with its `trial`."""
        trial = Trial(self.transformer, self.custify, case)
        try:
            trial.prepare(sends=law.sends)
            law.act(trial)
            self.check(law, trial)
        except BrokenLawError as error:
            error.trial = trial
            if self.transformer.posts_companies and not law.sends:
                trial.state = self.custify.observe()
            raise
        except CannotRunError:
            raise
        except Exception as error:
            broken = BrokenLawError(f"{type(error).__name__}: {error}")
            broken.trial = trial
            raise broken from error
        return trial

    def check(self, law: Law, trial: Trial) -> None:
        """Check the law on the current state; repeat a failed check until the visibility timeout is over.

        A check that failed before it read the state is not repeated: a later state cannot change it.
        """
        if not law.sends:
            law.check(trial)
            return
        timeout = self.timeout()
        start = look = time.monotonic()
        while True:
            trial.state, trial.looked = self.custify.observe(), False
            try:
                law.check(trial)
            except BrokenLawError:
                if not (trial.looked and timeout) or time.monotonic() >= start + timeout:
                    raise
                time.sleep(PAUSE)
                look = time.monotonic()
            else:
                self.slowest = max(self.slowest, look - start)
                self.held += 1
                return

    def close(self) -> None:
        """Delete the records of the run."""
        self.custify.close(posted=self.transformer.posts_companies)

    def timeout(self) -> float:
        """Return how long a write may take to be readable, by how long others took, if many were seen."""
        if self.shrinking:
            return min(self.custify.visibility_timeout, 2 * (self.slowest + PAUSE))
        known = 0.5 + 10 * self.slowest if self.held >= ENOUGH else self.custify.visibility_timeout
        return min(self.custify.visibility_timeout, known)


def in_process_targets(profile: str = "documented") -> Targets:
    """Return our own transformer and our fake, in this process."""
    return Targets(InProcessTransformer(profile), InProcessCustify())


def run_laws(
    laws: Iterable[Law], targets: Targets, examples: int = EXAMPLES, run_seed: int = 0
) -> Iterator[Result]:
    """Yield the result of each law; the records of a law are deleted before the next one starts."""
    for law in laws:
        yield run_law(law, targets, examples, run_seed)
        targets.close()


def run_law(law: Law, targets: Targets, examples: int = EXAMPLES, run_seed: int = 0) -> Result:
    """Return the result of a law on up to `examples` cases.

    A law with only one case is tried once. The search for a smaller case ends when there is none; on a slow
    Custify, after SHRINK_SECONDS at most.
    """
    if law.needs_all and not targets.custify.shows_all:
        return Result(law, "not visible", 0, run_seed, examples)
    search = Search(law, targets)
    start = time.monotonic()
    search.run(examples, run_seed)
    return search.result(run_seed, examples, time.monotonic() - start)


@dataclass
class Search:
    """The search for a case that breaks a law.

    `tried` is the number of cases until the first broken one, `rules` how often each rule ran in them, and
    `smallest` the error of the smallest broken one.
    """

    law: Law
    targets: Targets
    tried: int = 0
    smallest: BrokenLawError | None = None
    end: float = inf
    rules: Counter[str] = field(default_factory=Counter)

    def run(self, examples: int, run_seed: int) -> None:
        """Try cases until one breaks the law, then search for a smaller one."""
        size = self.law.cases.size
        self.targets.shrinking = False
        for block in blocks(size, examples if size else 1, law_seed(self.law, run_seed)):
            self.tried += 1
            if self.breaks(block):
                if self.targets.custify.visibility_timeout:
                    self.end = time.monotonic() + SHRINK_SECONDS
                self.targets.shrinking = True
                shrink(block, self.breaks)
                return

    def breaks(self, block: bytes) -> bool:
        """Run the case of a block; return whether it breaks the law, False when the time is over."""
        if time.monotonic() > self.end:
            return False
        try:
            self.count(self.targets.run_case(self.law, self.law.cases.value(block)))
        except BrokenLawError as error:
            self.count(error.trial)
            self.smallest = error
            return True
        return False

    def count(self, trial: Trial | None) -> None:
        """Count the rules that ran in a case, unless it is tried for a smaller one."""
        if trial and trial.ran and not self.targets.shrinking:
            self.rules.update(trial.ran)

    def result(self, run_seed: int, examples: int, seconds: float) -> Result:
        """Return the result of the law."""
        result = Result(self.law, "holds", self.tried, run_seed, examples, seconds, rules=self.rules)
        if self.smallest is None:
            return result
        return replace(result, outcome="broken", trial=self.smallest.trial, broken=str(self.smallest))


def law_seed(law: Law, run_seed: int) -> int:
    """Return the seed of a law: each law has its own, so neither other laws nor their order matter."""
    return int.from_bytes(blake2b(f"{run_seed} {law.id}".encode(), digest_size=8).digest())


def check_case(law: Law, case: Case, profile: str = "documented") -> None:
    """Run one case of a law on our own targets; raise AssertionError with a failure report if it breaks."""
    try:
        in_process_targets(profile).run_case(law, case)
    except BrokenLawError as error:
        result = Result(law, "broken", 1, 0, EXAMPLES, 0, error.trial, str(error))
        raise AssertionError(failure_report(result).text()) from None
