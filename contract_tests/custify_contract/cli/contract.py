"""`mock-custify contract`: checks every law, prints the results, and a failure report for each broken law."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from custify_contract.cli.archive_input import learn
from custify_contract.cli.failure_reports import print_failure_reports
from custify_contract.cli.result_tables import law_table, result_table, rule_lines, summary
from custify_contract.cli.stoppable_run import run
from custify_contract.cli.targets_under_test import targets_under_test
from custify_contract.laws import ALL, named_laws
from custify_contract.laws.archive import archive_laws
from custify_contract.run.known_divergences import known_divergences
from custify_contract.run.reports import html, junit
from custify_contract.run.result import Result
from custify_contract.run.runner import EXAMPLES, EXTERNAL_EXAMPLES
from mock_custify.cli.options import WholeNumber, new_file, profile_option
from mock_custify.cli.output_files import refuse_overwriting
from mock_custify.cli.terminal import exit_with, make_console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custify_contract.law import Law


EXAMPLE: Final = """\b
Example:
  mock-custify contract --law association.exists.no-yes --examples 1000"""


@click.command(epilog=EXAMPLE)
@click.option(
    "--examples",
    type=WholeNumber(1),
    help=f"Generated cases for each law.  [default: {EXAMPLES}; with --custify: {EXTERNAL_EXAMPLES}]",
)
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same run.")
@profile_option
@click.option(
    "--transformer", "transformer_url", metavar="URL", help="Test the transformer at a URL, not ours."
)
@click.option("--custify", "custify_url", metavar="URL", help="Test the Custify at a URL, not our fake.")
@click.option("--api-key", metavar="KEY", help="The key of --custify.")
@click.option("--report", type=new_file, help="Write an HTML report.")
@click.option("--junit", "junit_path", type=new_file, help="Write JUnit XML.")
@click.option(
    "--law",
    "law_ids",
    multiple=True,
    metavar="ID",
    help="Check only this law, or the laws whose ids begin with this text; repeatable.",
)
@click.option(
    "--accept-known", is_flag=True, help="Exit with 0 if known divergences explain all broken laws."
)
@click.option(
    "--like",
    "archives",
    multiple=True,
    metavar="ARCHIVE",
    help="Also check messages with the same shapes as those of an archive: a file, a folder or a pattern that"
    " `mock-custify replay` can read; repeatable. Its values are not kept or printed.",
)
@click.option("--list", "list_only", is_flag=True, help="List the laws and exit.")
def contract(  # noqa: PLR0913 - one argument for each option
    *,
    examples: int | None,
    seed: int,
    profile: str,
    transformer_url: str | None,
    custify_url: str | None,
    api_key: str | None,
    report: str | None,
    junit_path: str | None,
    law_ids: tuple[str, ...],
    accept_known: bool,
    archives: tuple[str, ...],
    list_only: bool,
) -> None:
    """Check every statement of the documentation page with generated messages.

    Exit status: 0 if every law holds, 1 if a law is broken (see --accept-known), 2 if the run was not
    possible or was stopped.
    """
    refuse_overwriting({"--report": report, "--junit": junit_path}, {})
    shapes = learn(archives)
    laws = chosen_laws(law_ids, (*ALL, *archive_laws(shapes)))
    examples = examples or (EXTERNAL_EXAMPLES if custify_url else EXAMPLES)
    console = make_console(width=None if sys.stdout.isatty() else 160)
    if list_only:
        console.print(law_table(laws))
        return
    results = run(laws, targets_under_test(profile, transformer_url, custify_url, api_key), examples, seed)
    tried = len(results)
    results += [Result(law, "not tried", 0, seed, examples) for law in laws[tried:]]
    known = {one.law.id: known_divergences(one) for one in results if one.outcome == "broken"}
    about = ", ".join(
        [f"{examples} examples", f"seed {seed}", transformer_url or f"profile {profile}"]
        + ([custify_url] if custify_url else [])
    )
    if tried:
        console.print(result_table(results, known if profile == "production" or transformer_url else None))
    write_report(report, lambda: html(results, about, known).encode())
    write_report(junit_path, lambda: junit(results, about, known, accept_known=accept_known))
    reported = [one for one in results if one.trial and not (accept_known and known[one.law.id])]
    print_failure_reports(reported, known, console, named=bool(law_ids))
    for line in rule_lines(results):
        console.print(line, highlight=False, soft_wrap=True)
    console.print(f"{summary(results, known)} ({about})")
    if custify_url:
        console.print("Events are checked only as requests: Custify has no call that shows them.")
    for path, kind in ((report, "HTML"), (junit_path, "JUnit XML")):
        if path:
            console.print(f"{kind} report: {path}", markup=False, soft_wrap=True)
    if archives:
        console.print(f"--like: {shapes}")
    sys.exit(2 if tried < len(laws) else 1 if reported else 0)


def chosen_laws(names: tuple[str, ...], laws: Sequence[Law]) -> Sequence[Law]:
    """Return the named laws, each once; all laws if there are no names; raise BadParameter."""
    try:
        return list({law.id: law for name in names for law in named_laws(name, laws)}.values()) or laws
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--law") from error


def write_report(path: str | None, content: Callable[[], bytes]) -> None:
    """Write a report if a path is given; exit with 2 if it cannot be written."""
    if not path:
        return
    try:
        Path(path).write_bytes(content())
    except OSError as error:
        exit_with(f"the report cannot be written to {path}: {error.strerror}")
