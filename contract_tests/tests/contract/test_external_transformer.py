"""An external transformer, which posts the company of a group itself."""

import json
import re
from math import inf

import pytest

from custify_contract.law import BrokenLawError, Case
from custify_contract.laws import get_law, named_laws
from custify_contract.laws.mapping import rows as mapping_rows
from custify_contract.run import run_law, run_laws, runner
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer, json_with_infinity
from custify_contract.run.in_process import InProcessTransformer
from custify_contract.run.known_divergences import known_divergences
from custify_contract.run.runner import Targets
from custify_contract.targets import CannotRunError
from support.sandbox import KEY

GROUP_ROWS = [law for law in mapping_rows.LAWS if law.id.startswith("group.")]
WHOLE_STATE = ("group.company-then-person", "message.type-in-any-case", "message.either-order")
WHOLE_GROUPS = [*named_laws("association.exists"), *map(get_law, WHOLE_STATE)]


class PostsCompaniesElsewhere(InProcessTransformer):
    """A transformer that posts the company of a group to another Custify."""

    posts_companies = True

    def transform(self, message, settings):
        return tuple(made for made in super().transform(message, settings) if "/company" not in made.endpoint)


def test_the_repeat_command_has_the_url_of_the_transformer():
    assert ExternalTransformer("http://127.0.0.1:9090/", KEY).options == (
        "--transformer http://127.0.0.1:9090/v0/destinations/custify"
    )


def test_a_transformer_that_posts_companies_breaks_only_laws_with_a_known_divergence(url):
    custify = ExternalCustify(url, KEY)
    targets = Targets(ExternalTransformer(url, KEY), custify)

    results = list(run_laws(GROUP_ROWS, targets, 3))

    assert [result.broken for result in results if result.trial and not known_divergences(result)] == []
    assert {result.law.id for result in results if result.outcome == "holds"} >= {"group.name", "group.size"}


def test_a_company_that_the_transformer_posts_breaks_no_law_about_the_whole_state(url, monkeypatch):
    monkeypatch.setattr(runner, "SHRINK_SECONDS", 0)
    custify = ExternalCustify(url, KEY, visibility_timeout=0.01)

    results = list(run_laws(WHOLE_GROUPS, Targets(ExternalTransformer(url, KEY), custify), 4))

    assert [result.broken for result in results if result.trial and not known_divergences(result)] == []
    assert "holds" in {result.outcome for result in results}


def test_an_infinite_number_is_sent_as_a_number_that_is_too_large(url):
    message = {"type": "identify", "userId": "u1", "traits": {"score": [inf, "inf"]}}

    assert json.loads(json_with_infinity(message)) == message
    assert ExternalTransformer(url, KEY).transform(message, {"apiKey": KEY})


def test_a_missing_company_is_explained_by_the_call_of_the_transformer(url):
    targets = Targets(PostsCompaniesElsewhere(), ExternalCustify(url, KEY, visibility_timeout=0))
    message = {"type": "group", "userId": "u1", "groupId": "g1", "traits": {"name": "Tech"}}
    case = Case((message,), facts={"expected": "Tech"})

    with pytest.raises(BrokenLawError, match=re.escape("does https://api.custify.com lead there")):
        targets.run_case(get_law("group.name"), case)

    targets.custify.close()


@pytest.mark.parametrize("path", ["", "/v0/destinations/custify", "/routerTransform"])
def test_a_transformer_at_a_url_is_tested_with_the_custify_that_it_posts_to(url, path):
    custify = ExternalCustify(url, KEY)
    targets = Targets(ExternalTransformer(url + path, KEY), custify)

    result = run_law(get_law("identify.updates"), targets, 3)

    custify.close()
    assert (result.outcome, result.broken) == ("holds", "")


def test_a_response_of_another_kind_of_server_ends_the_run(url):
    transformer = ExternalTransformer(f"{url}/nowhere", KEY)

    with pytest.raises(CannotRunError, match="this is not a transformer's response"):
        transformer.transform({"type": "identify", "userId": "u1"}, {"apiKey": KEY})
