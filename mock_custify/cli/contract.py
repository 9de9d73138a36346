"""`mock-custify contract`: every law on generated messages, one table, and a story for each broken one."""

from __future__ import annotations

import signal
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console
from rich.progress import track as progress

from custify_contract.causes import causes_of
from custify_contract.laws import ALL, named_laws
from custify_contract.report import html, junit
from custify_contract.runner import EXAMPLES, Result, run_laws
from custify_contract.story import story_of
from custify_contract.targets import CannotRunError
from mock_custify.cli.bench import bench_of
from mock_custify.cli.options import profile_option
from mock_custify.cli.verdicts import listing, summary, table
from mock_custify.cli.workspace_tree import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from custify_contract.law import Law
    from custify_contract.report import Causes
    from custify_contract.runner import Bench


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
@click.option(
    "--law", "law_ids", multiple=True, metavar="ID", help="Only this law, or those that begin so; repeatable."
)
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
    bench = bench_of(profile, transformer_url, custify_url, api_key)
    results = run(laws, bench, examples, seed)
    tried = len(results)
    results += [Result(law, "not tried", 0, seed, examples) for law in laws[tried:]]
    about = f"{examples} examples, seed {seed}, {transformer_url or f'profile {profile}'}"
    about += f", {custify_url}" if custify_url else ""
    causes = {result.law.id: causes_of(result) for result in results if result.verdict == "broken"}
    if tried:
        console.print(table(results, causes if profile == "production" or transformer_url else None))
    write(report, lambda: html(results, about, causes).encode())
    write(junit_path, lambda: junit(results, about, causes, accept_known=accept_known))
    told = [result for result in results if result.trial and not (accept_known and causes[result.law.id])]
    tell(told, causes, console)
    console.print(f"{summary(results, causes)} ({about})")
    if tried < len(laws):
        sys.exit(2)
    sys.exit(1 if any(not (accept_known and known) for known in causes.values()) else 0)


def chosen(names: tuple[str, ...]) -> Sequence[Law]:
    """Return the laws that are named, each once, all without a name; raise BadParameter for one of no law."""
    try:
        return list({law.id: law for name in names for law in named_laws(name)}.values()) or ALL
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--law") from error


def run(laws: Sequence[Law], bench: Bench, examples: int, seed: int) -> list[Result]:
    """Return the results, those so far when the run is stopped or cannot go on; clean up whatever happens.

    Progress is a bar on a terminal; elsewhere a line for each law when the Custify is one behind a URL, where
    a run takes minutes.
    """
    console, results = Console(stderr=True), []
    shown = console.is_terminal
    told = bool(bench.custify.options) and not shown
    found = run_laws(laws, bench, examples, seed)
    with stopped_by_sigterm():
        try:
            for result in progress(
                found, "laws", len(laws), console=console, transient=True, disable=not shown
            ):
                results.append(result)
                click.echo(f"{result.law.id}: {result.verdict}", err=True) if told else None
        except KeyboardInterrupt:
            click.echo("mock-custify: stopped; what was made is deleted now, unless stopped again", err=True)
        except CannotRunError as error:
            click.echo(f"mock-custify: {error}", err=True)
        finally:
            clean_up(bench)
    return results


@contextmanager
def stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM, by which a build is cancelled, stop as Ctrl-C does."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def clean_up(bench: Bench) -> None:
    """Take away what the run made, unless stopped again; say what is left."""
    with suppress(KeyboardInterrupt):
        bench.custify.close()
    if left := bench.custify.left:
        begin = left[0].partition("-")[0]
        records = counted(len(left), "records", "record")
        click.echo(f"mock-custify: not deleted: {records} with ids that begin with {begin}-", err=True)


def write(path: str | None, content: Callable[[], bytes]) -> None:
    """Write one report when it was asked for; exit with 2 when it cannot be written."""
    if not path:
        return
    try:
        Path(path).write_bytes(content())
    except OSError as error:
        click.echo(f"mock-custify: the report cannot be written to {path}: {error.strerror}", err=True)
        sys.exit(2)


def tell(broken: Sequence[Result], causes: Causes, console: Console) -> None:
    """Print the story of each broken law, and where its file for `send` is."""
    folder = Path(tempfile.mkdtemp(prefix="mock-custify-")) if broken else Path()
    for result in broken:
        story = story_of(result, causes[result.law.id])
        console.rule()
        console.print(story.text(), markup=False, soft_wrap=True)
        if result.trial and result.trial.case.messages:
            path = folder / f"{result.law.id}.jsonl"
            path.write_text(story.again.file(), encoding="utf-8")
            console.print(f"\nthe file is at {path}", markup=False, soft_wrap=True)
