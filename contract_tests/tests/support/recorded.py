"""What the contract generates and how planted faults break it, recorded in JSON files.

A weaker law, pool or rule changes a record, and a test names it. After a change on purpose, record again:
`PYTHONPATH=contract_tests/tests python -m support.recorded`
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from custify_contract.laws import ALL, get_law
from custify_contract.observed_state import json_text
from custify_contract.rules import expected_requests
from custify_contract.run import run_law, runner
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.run.runner import Targets, law_seed
from custify_contract.strategies.byte_choices import blocks
from support.paths import TESTS
from support.planted import FAKE_FAULTS, TRANSFORMER_FAULTS
from support.planted_fakes import FakeFault, FaultyCustify
from support.planted_transformers import Fault, FaultyTransformer
from support.wrong_results import noticed, reason

if TYPE_CHECKING:
    from custify_contract.law import Law

EXAMPLES: Final = 100
CASES: Final = TESTS / "contract" / "recorded_cases.json"
NOTICED: Final = TESTS / "contract" / "recorded_wrong_results.json"
REASONS: Final = TESTS / "contract" / "recorded_reasons.json"
AGAIN: Final = "if that is on purpose, run: PYTHONPATH=contract_tests/tests python -m support.recorded"


def record_of(law: Law) -> dict[str, Any]:
    """Return what a law generates: digests of its cases and of the requests that the rules ask for."""
    size = law.cases.size
    made = [law.cases.value(block) for block in blocks(size, EXAMPLES if size else 1, law_seed(law, 0))]
    wanted = [
        json_text([expected.requests, expected.refusal])
        for case in made
        for message in case.messages
        for expected in [expected_requests(message, case.settings)]
    ]
    return {
        "cases": digest(repr(made)),
        "rules": digest("".join(wanted)),
        "different": len({repr(case) for case in made}),
        "law": f"{law.level} sends={law.sends} needs_all={law.needs_all}",
    }


def digest(text: str) -> str:
    """Return a short digest of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def targets_of(fault: Fault | FakeFault, custify: InProcessCustify | None = None) -> Targets:
    """Return our targets with one fault."""
    if isinstance(fault, FakeFault):
        return Targets(InProcessTransformer(), FaultyCustify(fault))
    return Targets(FaultyTransformer(fault), custify or InProcessCustify())


def reason_of(fault: Fault | FakeFault, custify: InProcessCustify | None = None) -> str:
    """Return the expectation that a fault breaks in its law: the words before the values."""
    text = run_law(get_law(fault.law), targets_of(fault, custify), EXAMPLES).broken
    return reason(text) or "holds"


def write(path: Any, records: dict[str, Any]) -> None:
    """Write records as JSON."""
    path.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Record everything again."""
    write(CASES, {law.id: record_of(law) for law in ALL})
    write(NOTICED, {law.id: dict(sorted(noticed(law).items())) for law in ALL})
    custify = InProcessCustify()
    faults: tuple[Fault | FakeFault, ...] = (*TRANSFORMER_FAULTS, *FAKE_FAULTS)
    with patch.object(runner, "shrink", lambda block, _: block):
        write(REASONS, {fault.name: reason_of(fault, custify) for fault in faults})


if __name__ == "__main__":
    main()
