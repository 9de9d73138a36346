"""`mock-custify replay`: what an archive of events would do to a Custify, without doing it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from custify_transformer import PROFILES
from mock_custify.cli.options import (
    Part,
    WholeNumber,
    default_config_option,
    new_file,
    profile_option,
    read_config,
)
from mock_custify.cli.output_files import refuse_overwriting
from mock_custify.cli.replay_findings import FINDINGS, findings_of, found_in
from mock_custify.cli.replay_progress import run_with_progress
from mock_custify.cli.terminal import exit_with, make_console, printable
from mock_custify.replay.errors import ReplayError
from mock_custify.replay.estimate import rate_of
from mock_custify.replay.fold.plan import records_of
from mock_custify.replay.html import html_of
from mock_custify.replay.run import Options, plan_of
from mock_custify.replay.terminal import print_report
from mock_custify.state.json_file import JsonFileError, read_json_file

EXAMPLE: Final = """\b
Example:
  mock-custify replay archive --against-profile production --report replay.html"""
SAME: Final = (
    "mock-custify: warning: the profile and the settings to compare with are those of the replay itself, so"
    " nothing can be different"
)


@click.command(epilog=EXAMPLE)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@profile_option
@default_config_option
@click.option("--against-profile", type=click.Choice(list(PROFILES)), help="Compare with this profile.")
@click.option(
    "--against-config",
    type=click.Path(exists=True, dir_okay=False),
    help="Compare with the settings in this file.",
)
@click.option(
    "--state",
    type=click.Path(exists=True, dir_okay=False),
    help="The records in Custify before the replay, as GET /_mock/state shows them.",
)
@click.option(
    "--rate", default="100/10", show_default=True, metavar="CALLS/SECONDS", help="The rate limit of Custify."
)
@click.option(
    "--margin",
    default=0.2,
    show_default=True,
    type=Part(),
    help="The part of the rate that is left to live traffic.",
)
@click.option("--jobs", default=1, show_default=True, type=WholeNumber(1, 256), help="Number of processes.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where it runs: on this machine, or on a Ray cluster.",
)
@click.option("--report", "html", type=new_file, help="Write the report as HTML.")
@click.option("--json", "json_file", type=new_file, help="Write the report as JSON.")
@click.option("--state-out", type=new_file, help="Write the final state as JSON.")
@click.option(
    "--fail-on",
    callback=findings_of,
    metavar="FINDING,...",
    help=f"Exit with status 1 if one is found: {', '.join(FINDINGS)}.",
)
def replay(  # noqa: PLR0913 - one for each option
    *,
    paths: tuple[str, ...],
    profile: str,
    config: str | None,
    against_profile: str | None,
    against_config: str | None,
    state: str | None,
    rate: str,
    margin: float,
    jobs: int,
    engine: str,
    html: str | None,
    json_file: str | None,
    state_out: str | None,
    fail_on: frozenset[str],
) -> None:
    """Show what an archive of events would do to Custify; nothing is sent.

    PATH is a file, a folder, a pattern or a URL such as s3://bucket/prefix. The
    layout of the archive is recognised automatically.
    """
    if "difference" in fail_on and not (against_profile or against_config):
        raise click.UsageError("--fail-on difference needs --against-profile or --against-config")
    outputs = {"--report": html, "--json": json_file, "--state-out": state_out}
    refuse_overwriting(outputs, {"--config": config, "--against-config": against_config})
    refuse_overwriting({"--report": html, "--json": json_file}, {"--state": state})
    try:
        plan = plan_of(
            profile,
            read_config(config),
            against_profile,
            read_config(against_config, "--against-config"),
            read_state(state) if state else b"{}",
            keeps_state=bool(state_out),
            names=names_of(config or "", against_config or ""),
        )
        if plan.against == plan.main:
            click.echo(SAME, err=True)
        options = Options(rate_of(rate, margin), jobs, engine, state_out)
        report = run_with_progress(plan, options, paths, outputs)
        write(html, printable(html_of(report)).encode() if html else b"")
        write(json_file, report.to_json() if json_file else b"")
    except ReplayError as error:
        exit_with(str(error))
    except OSError as error:
        exit_with(f"{error.filename or 'the files of the replay'}: {error.strerror or error}")
    print_report(report, make_console())
    if found := sorted(fail_on & found_in(report)):
        exit_with(f"--fail-on found {', '.join(found)}: see the report", 1)


def read_state(path: str) -> bytes:
    """Return the state in a file; raise ReplayError, which names the option and the file, for a wrong one."""
    try:
        content = read_json_file(path)
        records_of(content)
    except (ReplayError, JsonFileError) as error:
        raise ReplayError(f"--state {path}: {str(error).removeprefix(path).strip()}") from error
    return content


def names_of(one: str, other: str) -> tuple[str, str]:
    """Return the names of two files of settings, with their folders if the names are the same."""
    names = Path(one).name, Path(other).name
    return names if names[0] != names[1] else (one, other)


def write(path: str | None, content: bytes) -> None:
    """Write a file of the report if it is wanted; raise ReplayError."""
    if not path:
        return
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise ReplayError(f"{path} cannot be written: {error.strerror}") from error
