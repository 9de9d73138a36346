"""What `mock-custify contract` prints for many laws fits on few screens."""

from io import StringIO

import pytest
from click.testing import CliRunner
from rich.console import Console

from custify_contract.cli.contract import contract
from custify_contract.cli.failure_reports import print_failure_reports
from custify_contract.cli.result_tables import result_table
from custify_contract.laws import ALL, named_laws
from custify_contract.run import in_process_targets
from custify_contract.run.result import Result
from custify_contract.run.runner import run_law


def printed(what, *arguments, **options):
    console = Console(file=StringIO(), width=160)
    if what is result_table:
        console.print(result_table(*arguments))
    else:
        what(*arguments, console, **options)
    return console.file.getvalue().splitlines()


@pytest.fixture(scope="module")
def broken():
    laws = named_laws("example.zero-id-refused", ALL) + named_laws("example.odd-remove", ALL)
    return [run_law(law, in_process_targets("production"), examples=1) for law in [*laws, *laws]]


def test_laws_that_hold_have_one_line_for_each_group_if_there_are_many():
    lines = printed(result_table, [Result(law, "holds", 100, 0, 100) for law in ALL], None)

    identify = [line.split() for line in lines if " identify." in line]
    number = sum(law.id.startswith("identify.") for law in ALL)
    assert ["holds", "identify.*", "100", str(number), "laws"] in identify
    assert len(lines) < 20


def test_each_broken_law_has_its_own_line_with_its_divergence():
    laws = named_laws("identify", ALL)
    results = [Result(law, "broken", 1, 0, 100) for law in laws[:5]]
    results += [Result(law, "holds", 100, 0, 100) for law in ALL[50:]]

    lines = printed(result_table, results, {})

    assert [line.split()[:2] for line in lines[1:6]] == [["broken", law.id] for law in laws[:5]]


def test_few_laws_have_a_line_each():
    lines = printed(result_table, [Result(law, "holds", 100, 0, 100) for law in ALL[:40]], None)

    assert len([line for line in lines if line.startswith("holds")]) == 40


def test_the_first_three_failure_reports_are_printed(broken):
    lines = printed(
        print_failure_reports, broken, dict.fromkeys([one.law.id for one in broken], ()), named=False
    )

    assert len([line for line in lines if line.endswith("is broken.")]) == 3
    assert lines[-1] == (
        "Failure reports that are not printed: 1. --law ID prints the report of a law,"
        " --report FILE.html writes all."
    )


def test_a_law_with_a_known_divergence_has_no_failure_report_on_the_screen(broken):
    known = {one.law.id: ("a divergence",) for one in broken}

    lines = printed(print_failure_reports, broken, known, named=False)

    assert len(lines) == 1
    assert lines[0].startswith("Failure reports that are not printed: 4.")


def test_a_named_law_with_a_known_divergence_has_its_failure_report():
    options = ["--profile", "production", "--law", "example.zero-id-refused", "--examples", "1"]

    result = CliRunner().invoke(contract, options)

    assert "The law example.zero-id-refused is broken." in result.output
    assert "not printed" not in result.output
