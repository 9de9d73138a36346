"""docs/coverage.md has every sentence and row of the page, and names only laws and tests that exist."""

import re
from hashlib import sha256

import pytest

from custify_contract.laws import ALL
from support.paths import ROOT, TESTS

PAGE, _, RULES = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").partition("## Rules and laws")
ROWS = [
    re.split(r"(?<!\\) \| ", line[2:-2]) for line in PAGE.splitlines() if re.match(r"\| (?!sentence)", line)
]
SENTENCES = "\n".join(row[0] for row in ROWS)
DIGEST = "76b1732f7d826e03f8600ec4557a7393b47a78d7e576ba9c4749bb08e88a5691"
LAW_IDS = {law.id for law in ALL}
TESTS_TEXT = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))


def test_every_sentence_and_row_of_the_page_is_there_word_for_word():
    assert len(ROWS) == 80
    assert (
        sha256(SENTENCES.encode()).hexdigest()
        == "76b1732f7d826e03f8600ec4557a7393b47a78d7e576ba9c4749bb08e88a5691"
    )


def test_every_row_is_done_refused_or_absent():
    assert {row[1] for row in ROWS} == {"done", "refused", "absent"}


def test_every_law_that_is_named_exists():
    assert set(re.findall(r"`([a-z_]+\.[\w.-]+)`", " ".join(row[2] for row in ROWS))) <= LAW_IDS


def test_every_test_that_is_named_exists():
    named = re.findall(r"`(test_\w+)`", PAGE)

    assert [name for name in named if f"def {name}(" not in TESTS_TEXT] == []


@pytest.mark.parametrize("law", [pytest.param(law, id=law.id) for law in ALL if law.level == "documented"])
def test_a_documented_law_quotes_the_page_and_is_named_there(law):
    assert law.source in SENTENCES.replace("\\|", "|")
    assert f"`{law.id}`" in PAGE


def test_the_table_of_rules_has_every_law_with_its_level():
    table = [line for line in RULES.splitlines() if line.startswith("| ") and "`" in line]
    wanted = [
        "| {} | `{}` | {} |".format(law.source.replace("|", "\\|"), law.id, law.level)
        for law in ALL
        if not law.id.startswith("example.")
    ]

    assert table == wanted


def test_no_two_laws_have_one_id():
    assert len(LAW_IDS) == len(ALL)
