"""Companies that an external transformer posts itself are compared with the rules, too."""

import pytest

from custify_contract.laws import get_law
from custify_contract.run import run_law
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.known_divergences import known_divergences
from custify_contract.run.runner import Targets
from support.sandbox import KEY

DOCUMENTED = "/v0/destinations/custify?profile=documented"


def result_of(law_id, url, path="", examples=25):
    custify = ExternalCustify(url, KEY)
    result = run_law(get_law(law_id), Targets(ExternalTransformer(url + path, KEY), custify), examples)
    custify.close()
    return result


@pytest.mark.parametrize("law_id", ["example.orphan-company", "example.monthly-revenue-undocumented"])
def test_a_divergence_of_a_posted_company_is_found(url, law_id):
    assert result_of(law_id, url).outcome == "broken"


SEVERAL_MESSAGES = ("identify.values", "track.values", "group.values", "group.unread", "message.in-turn")


@pytest.mark.parametrize(
    "law_id", ["example.orphan-company", "group.id-places", "group.attributes", *SEVERAL_MESSAGES]
)
def test_our_own_rules_behind_a_url_break_no_law_about_posted_companies(url, law_id):
    assert result_of(law_id, url, DOCUMENTED).broken == ""


def test_the_headers_of_a_call_that_is_not_seen_are_not_visible(url):
    assert result_of("example.company-headers", url).outcome == "not visible"


def test_a_company_that_custify_refuses_is_explained_by_the_divergence(url):
    result = result_of("group.company.monthly_revenue.edges", url)

    assert "mapped-come-twice" in {one.id for one in known_divergences(result)}


@pytest.mark.parametrize("number", [1e21, 3_000_000_000, 77])
def test_a_numeric_id_of_any_size_is_in_the_range_of_the_run(url, number):
    custify = ExternalCustify(url, KEY)

    moved = custify.rename({"groupId": number})["groupId"]

    assert custify.base <= moved < custify.base + 10**8
    assert custify.rename({"groupId": moved})["groupId"] == moved
