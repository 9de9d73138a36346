"""JSON, YAML and TOML in the documents are used for what they are, and a shown output is what is printed."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import requests
import yaml
from click.testing import CliRunner

from examples.sync_people import report_sign_up
from mock_custify import MockCustify
from mock_custify.cli import main
from mock_custify.replay import Report
from support.documents import blocks, blocks_in, invoke, of_language
from support.paths import ROOT

pytestmark = pytest.mark.usefixtures("document_folder")
HEADERS = {"Authorization": "Bearer KEY"}


def test_every_block_has_a_language_with_a_check():
    assert {block.language for block in blocks()} == {"sh", "python", "json", "yaml", "toml", "text"}


def use_as_seed(text):
    Path("seed.json").write_text(text)
    with MockCustify(seed="seed.json") as custify:
        assert len(custify.people) == 1


def use_in_verify(text):
    with MockCustify() as custify:
        report_sign_up("u1", "group01", "any-key")
        custify.verify(**json.loads(text))


USES = {"contract.md": json.loads, "testing.md": use_as_seed, "control-api.md": use_in_verify}


@of_language("json")
def test_a_json_block_is_accepted(block):
    USES[block.page](block.text)


@of_language("yaml")
def test_a_yaml_block_uses_the_inputs_of_the_action(block):
    content = yaml.safe_load(block.text)
    steps = content if isinstance(content, list) else content["jobs"]["test"]["steps"]
    ours = [step for step in steps if step.get("uses", "").startswith("mock-custify/")]
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert {step["uses"] for step in ours} == {f"mock-custify/mock-custify@v{version}"}
    assert {name for step in ours for name in step.get("with", {})} <= set(inputs)


@of_language("toml")
def test_a_toml_block_names_existing_files(block):
    settings = tomllib.loads(block.text)["tool"]["mutmut"]
    patterns = [*settings["source_paths"], *settings["only_mutate"], *settings["also_copy"]]

    assert [pattern for pattern in patterns if not list(ROOT.glob(pattern))] == []


def replay_output():
    return invoke(["replay", "examples/shop-archive", "--against-profile", "production"])


def transform_output():
    messages = [{"type": kind, "userId": "u1"} for kind in ("identify", "page")]
    text = "\n".join(map(json.dumps, messages))
    return CliRunner().invoke(main, ["transform", "--api-key", "KEY"], input=text).stdout


def state_error():
    with MockCustify():
        answer = requests.put(
            "https://api.custify.com/_mock/state",
            json={"people": [{"name": "Ann"}]},
            headers=HEADERS,
            timeout=5,
        )
    return answer.json()["error"]


def verify_error():
    with MockCustify() as custify:
        for user in ("u3", "u4", "u2"):
            report_sign_up(user, "group01", "any-key")
        with pytest.raises(AssertionError) as raised:
            custify.verify("POST", "/people", body={"user_id": "u1"}, times=1)
    return str(raised.value)


# The first line of the output of `transform`, as its page shows it.
TRANSFORMED = next(block.first_line for block in blocks_in("text") if block.page == "transformer.md")
# What a text block shows, by its first line.
OUTPUTS = {
    "profile        documented": replay_output,
    TRANSFORMED: transform_output,
    "people[0]: each person of a state needs a user_id or an email": state_error,
    'expected POST /people with body {"user_id":"u1"} exactly once, seen 0 times;': verify_error,
}
# Text blocks that show no output, by the beginning of their first line. The files in them must exist.
DIAGRAMS = ("   contract_tests/custify_contract", "SDK call ", "socket -> ", "SDK -> gateway ")


@of_language("text")
def test_a_text_block_shows_what_is_printed(block):
    if block.first_line.startswith(DIAGRAMS):
        files = re.findall(r"(?<![\w*/])[\w/]+\.py", block.text)
        assert [file for file in files if not (ROOT / "mock_custify" / file).exists()] == []
    else:
        assert block.text.split() == OUTPUTS[block.first_line]().split()


def test_the_page_about_replay_names_each_field_of_the_json_report():
    section = (
        (ROOT / "docs" / "replay.md").read_text().partition("## The JSON report")[2].partition("\n## ")[0]
    )

    named = set(re.findall(r"`(\w+)`", section))

    assert [name for name in Report.__struct_fields__ if name not in named] == []
