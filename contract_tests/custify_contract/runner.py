"""Runs laws on generated cases: each until it breaks or its examples are used up, the same for a seed."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from math import inf
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Flaky

from custify_contract.law import BrokenLawError, Case, Law, Trial
from custify_contract.targets import CannotRunError, OurCustify, OurTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from custify_contract.targets import Custify, Transformer

EXAMPLES: Final = 100
PAUSE: Final = 0.1  # seconds between two looks at a slow Custify
SHRINKING: Final = 30.0  # seconds that the search for a smaller case may take on a slow Custify
Verdict: TypeAlias = Literal["holds", "broken", "not visible", "not tried"]


@dataclass(frozen=True)
class Result:
    """What a law came to in so many seconds: `trial` and `broken` tell of the smallest case that broke it."""

    law: Law
    verdict: Verdict
    tried: int
    seed: int
    examples: int
    seconds: float = 0.0
    trial: Trial | None = None
    broken: str = ""


@dataclass
class Bench:
    """The transformer and the Custify that the laws are tried on.

    `slowest` is the longest that a write has taken to become readable so far, in seconds. In a `hurry`, when
    a smaller case of a broken law is looked for, a write gets little more than that.
    """

    transformer: Transformer
    custify: Custify
    slowest: float = 0.0
    hurry: bool = False

    def play(self, law: Law, case: Case) -> Trial:
        """Play one case and check the law; raise BrokenLawError with the trial as its `trial`."""
        trial = Trial(self.transformer, self.custify, case)
        try:
            trial.prepare()
            law.play(trial)
            self.check(law, trial)
        except BrokenLawError as error:
            error.trial = trial
            raise
        except CannotRunError:
            raise
        except Exception as error:
            broken = BrokenLawError(f"{type(error).__name__}: {error}")
            broken.trial = trial
            raise broken from error
        return trial

    def check(self, law: Law, trial: Trial) -> None:
        """Check the law on what there is now; look again while a slow Custify has time left."""
        patience = self.custify.patience
        if self.hurry:
            patience = min(patience, 2 * (self.slowest + PAUSE))
        begun = time.monotonic()
        while True:
            trial.after = self.custify.snapshot()
            try:
                law.check(trial)
            except BrokenLawError:
                if not patience or time.monotonic() >= begun + patience:
                    raise
                time.sleep(PAUSE)
            else:
                self.slowest = max(self.slowest, time.monotonic() - begun)
                return


def ours(profile: str = "documented") -> Bench:
    """Return our transformer and our fake, in this process."""
    return Bench(OurTransformer(profile), OurCustify())


def run_laws(
    laws: Iterable[Law], bench: Bench, examples: int = EXAMPLES, run_seed: int = 0
) -> Iterator[Result]:
    """Return the result of each law, as it comes; what was made for it is taken away again."""
    for law in laws:
        yield run_law(law, bench, examples, run_seed)
        bench.custify.close()


def run_law(law: Law, bench: Bench, examples: int = EXAMPLES, run_seed: int = 0) -> Result:
    """Return what a law came to on up to `examples` cases; the same for a seed, whatever ran before.

    A smaller case is looked for until there is none, on a Custify elsewhere for SHRINKING seconds at most.
    """
    if law.needs_all and not bench.custify.shows_all:
        return Result(law, "not visible", 0, run_seed, examples)
    search = Search(law, bench)
    begun = time.monotonic()
    with suppress(BrokenLawError, Flaky):
        searching(search.try_case, law, examples, run_seed)()
    return search.result(run_seed, examples, time.monotonic() - begun)


@dataclass
class Search:
    """The cases of one law: how many were `tried` until one broke it, and the `smallest` that does."""

    law: Law
    bench: Bench
    tried: int = 0
    smallest: BrokenLawError | None = None
    end: float = inf

    def try_case(self, case: Case) -> None:
        """Play a case, unless there is no more time for smaller ones; raise BrokenLawError."""
        self.bench.hurry = self.smallest is not None
        if time.monotonic() > self.end:
            return
        self.tried += self.smallest is None
        try:
            self.bench.play(self.law, case)
        except BrokenLawError as error:
            if self.smallest is None and self.bench.custify.patience:
                self.end = time.monotonic() + SHRINKING
            self.smallest = error
            raise

    def result(self, run_seed: int, examples: int, seconds: float) -> Result:
        """Return what the law came to."""
        if self.smallest is None:
            return Result(self.law, "holds", self.tried, run_seed, examples, seconds)
        trial, text = self.smallest.trial, str(self.smallest)
        return Result(self.law, "broken", self.tried, run_seed, examples, seconds, trial, text)


def searching(try_case: Callable[[Case], None], law: Law, examples: int, run_seed: int) -> Callable[[], None]:
    """Return the search for a case that breaks the law, and then for the smallest one."""
    configured = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
    )
    search: Callable[[], None] = seed(seed_of(law, run_seed))(configured(given(law.cases)(try_case)))
    return search


def seed_of(law: Law, run_seed: int) -> int:
    """Return the seed of one law in a run: laws do not depend on each other or on their order."""
    return int.from_bytes(blake2b(f"{run_seed} {law.id}".encode(), digest_size=8).digest())


def check_case(law: Law, case: Case, profile: str = "documented") -> None:
    """Play one case of a law on what is ours; raise AssertionError with the whole story when it breaks."""
    from custify_contract.story import story_of  # noqa: PLC0415 - needed only for a broken law

    try:
        ours(profile).play(law, case)
    except BrokenLawError as error:
        result = Result(law, "broken", 1, 0, EXAMPLES, 0, error.trial, str(error))
        raise AssertionError(story_of(result).text()) from None
