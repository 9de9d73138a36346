"""Run the law of every planted fault with 100 examples and several seeds; print the faults that it misses.

PYTHONPATH=contract_tests/tests python benchmarks/planted_faults.py
"""

from __future__ import annotations

from typing import Final

import click

from custify_contract.laws import get_law
from custify_contract.run import run_law, runner
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.run.runner import Targets
from support.planted import FAKE_FAULTS, TRANSFORMER_FAULTS
from support.planted_fakes import FaultyCustify
from support.planted_transformers import FaultyTransformer

SEEDS: Final = 5
EXAMPLES: Final = 100


def missed(seed: int) -> list[str]:
    """Return the names of the faults that their laws do not find."""
    fake, ours = InProcessCustify(), InProcessTransformer()
    trials = (
        *((fault.name, fault.law, Targets(FaultyTransformer(fault), fake)) for fault in TRANSFORMER_FAULTS),
        *((fault.name, fault.law, Targets(ours, FaultyCustify(fault))) for fault in FAKE_FAULTS),
    )
    return [
        name
        for name, law, targets in trials
        if run_law(get_law(law), targets, EXAMPLES, seed).outcome == "holds"
    ]


def main() -> None:
    """Print one line for each seed, and the faults that were missed."""
    runner.shrink = lambda block, _: block  # the first case is enough
    count = len(TRANSFORMER_FAULTS) + len(FAKE_FAULTS)
    for seed in range(SEEDS):
        names = missed(seed)
        click.echo(f"seed {seed}: {count - len(names)} of {count} faults found")
        for name in names:
            click.echo(f"  missed: {name}")


if __name__ == "__main__":
    main()
