"""Every law of the contract on our transformer and our fake; a broken one prints its failure report."""

import pytest

from custify_contract.laws import ALL
from custify_contract.run import in_process_targets, run_law
from custify_contract.run.failure_report import failure_report

EXAMPLES = 60


@pytest.fixture(scope="session")
def targets():
    return in_process_targets()


@pytest.mark.parametrize("law", [pytest.param(law, id=law.id) for law in ALL])
def test_law_holds(law, targets):
    result = run_law(law, targets, EXAMPLES)

    if result.trial is not None:
        pytest.fail(failure_report(result).text(), pytrace=False)
    assert result.outcome == "holds"
