"""Every law of the contract on our transformer and our fake; a broken one tells its whole story."""

import pytest

from custify_contract.laws import ALL
from custify_contract.runner import ours, run_law
from custify_contract.story import story_of

EXAMPLES = 60


@pytest.fixture(scope="session")
def bench():
    return ours()


@pytest.mark.parametrize("law", [pytest.param(law, id=law.id) for law in ALL])
def test_law_holds(law, bench):
    result = run_law(law, bench, EXAMPLES)

    if result.trial is not None:
        pytest.fail(story_of(result).text(), pytrace=False)
    assert result.verdict == "holds"
