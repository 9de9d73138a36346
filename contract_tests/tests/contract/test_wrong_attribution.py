"""A known divergence explains a broken law only if the transformer sent what production sends."""

from dataclasses import replace

import pytest

from custify_contract.laws import get_law
from custify_contract.run import run_law
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.failure_report import failure_report
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.run.known_divergences import known_divergences
from custify_contract.run.runner import Targets
from support.sandbox import KEY
from support.transformer_server import transformer_server

METADATA_LAWS = ["track.metadata", "track.properties"]
GROUP_LAWS = ["group.updates", "group.derived-id", "association.exists.no-no", "group.attributes"]


def is_group(message):
    return isinstance(message, dict) and str(message.get("type")).strip().lower() == "group"


class ReplacesMetadata(InProcessTransformer):
    """A transformer that gives every event the same metadata."""

    def transform(self, message, settings):
        made = super().transform(message, settings)
        return tuple(
            replace(one, body={**one.body, "metadata": {"sum": 99}}) if "/event" in one.endpoint else one
            for one in made
        )


class IgnoresGroups(InProcessTransformer):
    """A transformer that accepts a group and sends nothing."""

    def transform(self, message, settings):
        return () if is_group(message) else super().transform(message, settings)


class RenamesPeople(InProcessTransformer):
    """A transformer that is `production`, but gives each person another name."""

    def transform(self, message, settings):
        made = super().transform(message, settings)
        return tuple(
            replace(one, body={**one.body, "name": "X"}) if "/people" in one.endpoint else one for one in made
        )


class ShowsOneDivergence(InProcessTransformer):
    """A transformer that is `documented`, but for the phone, which it maps as `production` does."""

    def transform(self, message, settings):
        made = super().transform(message, settings)
        theirs = InProcessTransformer("production").transform(message, settings)
        phones = {one.endpoint: one.body["phone"] for one in theirs if "phone" in one.body}
        return tuple(
            replace(one, body={**one.body, "phone": phones[one.endpoint]}) if one.endpoint in phones else one
            for one in made
        )


def in_process_result(law_id, transformer):
    return run_law(get_law(law_id), Targets(transformer, InProcessCustify()), 100)


def http_result(law_id, answer_to, url):
    with transformer_server(answer_to, url, KEY) as server:
        custify = ExternalCustify(url, KEY, visibility_timeout=0)
        result = run_law(get_law(law_id), Targets(ExternalTransformer(server.url, KEY), custify), 25)
        custify.close()
    return result


def replace_metadata(_, usual):
    """Answer as our service, with the same metadata for each event."""
    (entry,) = usual()
    if "output" in entry and entry["output"]["endpoint"].endswith("/event"):
        entry["output"]["body"]["JSON"]["metadata"] = {"sum": 99}
    return 200, [entry]


def ignore_groups(message, usual):
    """Answer as our service, but post no company, and send the person of a group without the company."""
    (entry,) = usual(posts=not is_group(message))
    if "output" in entry and is_group(message):
        entry["output"]["body"]["JSON"].pop("companies", None)
    return 200, [entry]


@pytest.mark.parametrize("law_id", METADATA_LAWS)
def test_replaced_metadata_is_no_known_divergence(law_id):
    result = in_process_result(law_id, ReplacesMetadata())

    assert (result.outcome, known_divergences(result)) == ("broken", ())


@pytest.mark.parametrize("law_id", GROUP_LAWS)
def test_ignored_groups_are_no_known_divergence(law_id):
    result = in_process_result(law_id, IgnoresGroups())

    assert (result.outcome, known_divergences(result)) == ("broken", ())


@pytest.mark.parametrize("law_id", METADATA_LAWS)
def test_replaced_metadata_of_a_service_is_no_known_divergence(law_id, url):
    result = http_result(law_id, replace_metadata, url)

    assert (result.outcome, known_divergences(result)) == ("broken", ())


@pytest.mark.parametrize("law_id", GROUP_LAWS)
def test_groups_that_a_service_ignores_are_no_known_divergence(law_id, url):
    result = http_result(law_id, ignore_groups, url)

    assert (result.outcome, known_divergences(result)) == ("broken", ())


def test_another_value_in_a_company_that_a_service_posts_is_no_known_divergence(url):
    def rename_company(message, usual):
        answer = usual()
        if is_group(message) and "output" in answer[0]:
            name = answer[0]["output"]["body"]["JSON"]["companies"][0]["company_id"]
            ExternalCustify(url, KEY).call("POST", "/company", {}, {"company_id": name, "name": "X"})
        return 200, answer

    result = http_result("group.company.name.edges", rename_company, url)

    assert (result.outcome, known_divergences(result)) == ("broken", ())


def test_a_fault_beside_the_divergences_of_production_is_no_known_divergence():
    result = in_process_result("identify.name", RenamesPeople("production"))

    assert (result.outcome, known_divergences(result)) == ("broken", ())


def test_a_transformer_with_one_divergence_of_production_is_explained():
    result = in_process_result("identify.phone.edges", ShowsOneDivergence())

    assert [one.id for one in known_divergences(result)] == ["odd-values-in-fields"]


def test_a_fault_of_the_custify_is_no_known_divergence_of_the_transformer():
    class LosesPhones(InProcessCustify):
        def send(self, request):
            return super().send(replace(request, body={**request.body, "phone": "lost"}))

    result = run_law(get_law("identify.phone"), Targets(InProcessTransformer(), LosesPhones()), 100)

    assert (result.outcome, known_divergences(result)) == ("broken", ())


def test_the_failure_report_says_that_no_divergence_explains_the_law():
    result = in_process_result("track.metadata", ReplacesMetadata())

    text = failure_report(result, known_divergences(result)).screen()

    assert "no known divergence explains it" in text
