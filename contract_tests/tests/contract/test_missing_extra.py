"""Without the extra `contract` the fake works, and the contract command and page name the extra."""

import sys
from subprocess import run

import pytest

from mock_custify.missing_extra import how_to_install

WITHOUT = "import sys; sys.modules['{}'] = None; from mock_custify.__main__ import main; main()"
MESSAGE = f"contract needs Hypothesis: {how_to_install('contract')}"
PATH = "/_mock/ui/api/contract"


def command(*arguments, without="hypothesis", **options):
    return run(
        [sys.executable, "-c", WITHOUT.format(without), *arguments],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.fixture
def without_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "custify_contract.dashboard", None)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--law", "track.name", "--examples", "5"]])
def test_contract_ends_with_2_and_one_line_that_names_the_extra(arguments):
    result = command("contract", *arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"mock-custify: {MESSAGE}\n"


def test_a_missing_contract_package_names_the_extra_too():
    result = command("contract", without="custify_contract")

    assert (result.returncode, result.stderr) == (2, f"mock-custify: {MESSAGE}\n")


def test_the_help_lists_the_command():
    result = command("--help")

    assert (result.returncode, result.stderr) == (0, "")
    assert "contract" in result.stdout


def test_other_commands_work():
    result = command("transform", input='{"type": "identify", "userId": "u1"}')

    assert (result.returncode, "give the key with --api-key" in result.stderr) == (1, True)
    assert "apiKey is mandatory" in result.stdout


@pytest.mark.usefixtures("without_extra")
def test_the_dashboard_names_the_extra_instead_of_the_laws(api):
    answer = api.get(PATH)

    assert (api.status, answer) == (400, {"error": MESSAGE})


@pytest.mark.usefixtures("without_extra")
def test_the_dashboard_names_the_extra_instead_of_a_run(api):
    answer = api.post(f"{PATH}/run", {})

    assert (api.status, answer) == (400, {"error": MESSAGE})
