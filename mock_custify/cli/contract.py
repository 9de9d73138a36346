"""`mock-custify contract`: every law on generated messages, one table, and a story for each broken one."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.progress import track as progress

from contract_tests.laws import ALL, get_law
from contract_tests.outside import OutsideCustify, OutsideTransformer
from contract_tests.report import explained, html, junit
from contract_tests.runner import EXAMPLES, Bench, run_laws
from contract_tests.story import story_of
from contract_tests.targets import API_KEY, CannotRunError, OurCustify, OurTransformer
from mock_custify.cli.messages import profile_option
from mock_custify.cli.verdicts import listing, summary, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_tests.law import Law
    from contract_tests.runner import Result
    from contract_tests.targets import Custify, Transformer


def in_a_folder(_context: click.Context, _option: click.Parameter, path: str | None) -> str | None:
    """Return the path of a report; raise BadParameter when its folder is not there."""
    if path and not Path(path).parent.is_dir():
        raise click.BadParameter(f"there is no folder {Path(path).parent}: make it first")
    return path


report_path = click.Path(dir_okay=False, writable=True)


@click.command(epilog="Example: mock-custify contract --law association.exists.no-yes --examples 1000")
@click.option(
    "--examples", default=EXAMPLES, show_default=True, type=click.IntRange(1), help="Cases for each law."
)
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same run.")
@profile_option
@click.option(
    "--transformer", "transformer_url", metavar="URL", help="Test a transformer at a URL, not ours."
)
@click.option("--custify", "custify_url", metavar="URL", help="Test a Custify at a URL, not ours.")
@click.option("--api-key", metavar="KEY", help="The key of --custify.")
@click.option("--report", type=report_path, callback=in_a_folder, help="Write an HTML report.")
@click.option("--junit", "junit_path", type=report_path, callback=in_a_folder, help="Write JUnit XML.")
@click.option("--law", "law_ids", multiple=True, metavar="ID", help="Check only this law; repeatable.")
@click.option(
    "--accept-known",
    is_flag=True,
    help="Exit with 0 also when a known divergence explains every broken law.",
)
@click.option("--list", "list_only", is_flag=True, help="List the laws and stop.")
def contract(  # noqa: PLR0913 - one argument for each option
    *,
    examples: int,
    seed: int,
    profile: str,
    transformer_url: str | None,
    custify_url: str | None,
    api_key: str | None,
    report: str | None,
    junit_path: str | None,
    law_ids: tuple[str, ...],
    accept_known: bool,
    list_only: bool,
) -> None:
    """Check every promise of the documentation page on generated messages.

    Exits with 0 when every law holds, 1 when one is broken (see --accept-known), 2 when the run could not be
    made.
    """
    laws = chosen(law_ids)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    if list_only:
        console.print(listing(laws))
        return
    bench = Bench(*targets(profile, transformer_url, custify_url, api_key))
    results = run(laws, bench, examples, seed)
    about = f"{examples} examples, seed {seed}, {transformer_url or f'profile {profile}'}"
    causes = {result.law.id: explained(result) for result in results if result.verdict == "broken"}
    console.print(table(results, causes if profile == "reference" or transformer_url else None))
    write_reports(results, about, report, junit_path)
    broken = [result for result in results if result.verdict == "broken"]
    tell(broken, console)
    console.print(f"{summary(results, causes)} ({about})")
    sys.exit(0 if all(accept_known and known for known in causes.values()) else 1)


def chosen(law_ids: tuple[str, ...]) -> Sequence[Law]:
    """Return the laws of the ids, all without one; raise BadParameter for an id that is none."""
    try:
        return [get_law(law_id) for law_id in law_ids] or ALL
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--law") from error


def targets(
    profile: str, transformer_url: str | None, custify_url: str | None, api_key: str | None
) -> tuple[Transformer, Custify]:
    """Return what is under test; raise UsageError for options that do not go together."""
    if api_key and not (custify_url or transformer_url):
        raise click.UsageError("--api-key is the key of --custify: give both or neither")
    if transformer_url and profile != "documented":
        raise click.UsageError("--profile is ours: a transformer at a URL does what it does, leave one out")
    if custify_url and not api_key:
        raise click.UsageError("--custify needs --api-key: the key of that account or fake")
    if transformer_url and not custify_url:
        raise click.UsageError(
            "--transformer needs --custify and --api-key: a transformer posts a group's company itself, so "
            "name the Custify that it reaches, for example a running `mock-custify serve`"
        )
    check_url("--transformer", transformer_url, "http://127.0.0.1:9090")
    check_url("--custify", custify_url, "http://127.0.0.1:8765")
    key = api_key or API_KEY
    transformer = OutsideTransformer(transformer_url, key) if transformer_url else OurTransformer(profile)
    return transformer, OutsideCustify(custify_url, key) if custify_url else OurCustify()


def check_url(option: str, url: str | None, example: str) -> None:
    """Raise UsageError when `url` is given and names no server."""
    if url is not None and not names_server(url):
        raise click.UsageError(f"{option} {url}: expected a URL such as {example}")


def names_server(url: str) -> bool:
    """Tell whether a URL has http or https, a host, and a port that can be one."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def run(laws: Sequence[Law], bench: Bench, examples: int, seed: int) -> list[Result]:
    """Return the results, with a progress bar on a terminal; clean up whatever happens."""
    console = Console(stderr=True)
    found = run_laws(laws, bench, examples, seed)
    try:
        return list(
            progress(
                found, "laws", len(laws), console=console, transient=True, disable=not console.is_terminal
            )
        )
    except CannotRunError as error:
        click.echo(f"mock-custify: {error}", err=True)
        sys.exit(2)
    finally:
        bench.custify.close()


def write_reports(results: Sequence[Result], about: str, report: str | None, junit_path: str | None) -> None:
    """Write the reports that were asked for."""
    if report:
        write(report, html(results, about).encode())
    if junit_path:
        write(junit_path, junit(results))


def write(path: str, content: bytes) -> None:
    """Write one report; exit with 2 when it cannot be written."""
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        click.echo(f"mock-custify: the report cannot be written to {path}: {error.strerror}", err=True)
        sys.exit(2)


def tell(broken: Sequence[Result], console: Console) -> None:
    """Print the story of each broken law, and where its file for `send` is."""
    folder = Path(tempfile.mkdtemp(prefix="mock-custify-")) if broken else Path()
    for result in broken:
        story = story_of(result)
        console.rule()
        console.print(story.text(), markup=False, soft_wrap=True)
        if result.trial and result.trial.case.messages:
            path = folder / f"{result.law.id}.jsonl"
            path.write_text(story.file(), encoding="utf-8")
            console.print(f"\nthe file is at {path}", markup=False, soft_wrap=True)
