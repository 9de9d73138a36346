"""A failure report on external targets has one naming of ids, in its texts and in its curl lines."""

import re

import pytest

from custify_contract.law import BrokenLawError, Case
from custify_contract.laws import get_law
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.failure_report import failure_report
from custify_contract.run.in_process import InProcessTransformer
from custify_contract.run.result import Result
from custify_contract.run.runner import Targets
from support.sandbox import KEY

MESSAGES = (
    {"type": "identify", "userId": "u1", "traits": {"name": "Ann"}},
    {"type": "group", "userId": "u1", "groupId": "g1", "traits": {"name": "Tech"}},
)
COMMENT = "# the transformer posts the company of a group itself"


@pytest.fixture(params=["with-transformer", "custify-only"])
def report(request, url):
    """The report of a broken law; later examples have other ids."""
    custify = ExternalCustify(url, KEY, 0)
    targets = Targets(ExternalTransformer(url, KEY), custify)
    if request.param == "custify-only":
        targets.transformer = InProcessTransformer()
    case = Case(MESSAGES, setup=(("/people", {"user_id": "u1"}),), facts={"expected": "Other"})
    with pytest.raises(BrokenLawError) as broken:
        targets.run_case(get_law("group.name"), case)
    custify.reset()
    custify.close()
    return failure_report(Result(get_law("group.name"), "broken", 1, 0, 1, 0, broken.value.trial, "broken"))


def test_every_id_has_the_prefix_of_the_broken_example(report):
    texts = [line for title, lines in report.sections() if title != "repeat as a test" for line in lines]

    ids = {name for text in texts for name in re.findall(r"(?:mc\w+-\d+-)?\b[ug]1\b", text)}

    assert ids == {f"{report.trial.custify.run}-1-u1", f"{report.trial.custify.run}-1-g1"}


def test_the_comment_about_companies_is_only_above_groups(report):
    lines = report.repeat.curl_lines()

    above = [lines[number + 1] for number, line in enumerate(lines) if line == COMMENT]

    assert all('"type": "group"' in line for line in above)
    assert len(above) == (1 if report.trial.transformer.posts_companies else 0)
