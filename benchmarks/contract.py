"""Measure examples a second for each kind of law, in process, on one core: python benchmarks/contract.py."""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from typing import Final

from contract_tests.laws import get_law
from contract_tests.runner import Bench, ours, run_law

LAWS: Final = (
    "identify.name",
    "group.plan",
    "track.name",
    "identify.updates",
    "track.one-event",
    "group.company-then-person",
    "association.exists.yes-yes",
    "faults.group",
)
EXAMPLES: Final = 2000
ROUNDS: Final = 3
SHOWN: Final = 25


def measure(law_id: str, bench: Bench) -> float:
    """Return examples a second of CPU, the best of a few rounds."""
    law, best = get_law(law_id), 0.0
    for number in range(ROUNDS):
        start = time.process_time()
        tried = run_law(law, bench, EXAMPLES, number).tried
        best = max(best, tried / (time.process_time() - start))
    return best


def profile(law_id: str, bench: Bench) -> None:
    """Print where the time of a law goes."""
    profiler = cProfile.Profile()
    profiler.runcall(run_law, get_law(law_id), bench, EXAMPLES)
    pstats.Stats(profiler, stream=sys.stdout).sort_stats("tottime").print_stats(SHOWN)


def main() -> None:
    """Measure every law of the list; with a law's id as argument, profile that one."""
    bench = ours()
    if sys.argv[1:]:
        profile(sys.argv[1], bench)
        return
    for law_id in LAWS:
        sys.stdout.write(f"{law_id:32}{measure(law_id, bench):8.0f} examples/s\n")


if __name__ == "__main__":
    main()
