"""Runs laws on generated cases: each until it breaks or its examples are used up, the same for a seed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Flaky

from contract_tests.law import BrokenLawError, Case, Law, Trial
from contract_tests.targets import CannotRunError, OurCustify, OurTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from contract_tests.targets import Custify, Transformer

EXAMPLES: Final = 100
PAUSE: Final = 0.1  # seconds between two looks at a slow Custify
Verdict: TypeAlias = Literal["holds", "broken", "not visible"]


@dataclass(frozen=True)
class Result:
    """What a law came to: `trial` and `broken` tell of the smallest case that broke it."""

    law: Law
    verdict: Verdict
    tried: int
    seed: int
    examples: int
    trial: Trial | None = None
    broken: str = ""


@dataclass
class Bench:
    """The transformer and the Custify that the laws are tried on."""

    transformer: Transformer
    custify: Custify

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
        until = time.monotonic() + patience
        while True:
            trial.after = self.custify.snapshot()
            try:
                law.check(trial)
            except BrokenLawError:
                if not patience or time.monotonic() >= until:
                    raise
                time.sleep(PAUSE)
            else:
                return


def ours(profile: str = "documented") -> Bench:
    """Return our transformer and our fake, in this process."""
    return Bench(OurTransformer(profile), OurCustify())


def run_laws(
    laws: Iterable[Law], bench: Bench, examples: int = EXAMPLES, run_seed: int = 0
) -> Iterator[Result]:
    """Return the result of each law, as it comes."""
    for law in laws:
        yield run_law(law, bench, examples, run_seed)


def run_law(law: Law, bench: Bench, examples: int = EXAMPLES, run_seed: int = 0) -> Result:
    """Return what a law came to on up to `examples` cases; the same for a seed, whatever ran before."""
    if law.needs_all and not bench.custify.shows_all:
        return Result(law, "not visible", 0, run_seed, examples)
    counted: list[Case] = []
    last: list[BrokenLawError] = []

    def try_case(case: Case) -> None:
        counted.append(case) if not last else None
        try:
            bench.play(law, case)
        except BrokenLawError as error:
            last[:] = [error]
            raise

    try:
        searching(try_case, law, examples, run_seed)()
    except (BrokenLawError, Flaky):
        return Result(law, "broken", len(counted), run_seed, examples, last[-1].trial, str(last[-1]))
    return Result(law, "holds", len(counted), run_seed, examples)


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
    from contract_tests.story import story_of  # noqa: PLC0415 - needed only for a broken law

    try:
        ours(profile).play(law, case)
    except BrokenLawError as error:
        result = Result(law, "broken", 1, 0, EXAMPLES, error.trial, str(error))
        raise AssertionError(story_of(result).text()) from None
