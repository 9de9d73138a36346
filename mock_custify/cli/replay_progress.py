"""Runs a replay with a progress bar on a terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from mock_custify.cli.stopping import stopped_by_sigterm
from mock_custify.cli.terminal import make_console
from mock_custify.replay.archive.overwriting import overwritten
from mock_custify.replay.archive.watching import watched
from mock_custify.replay.errors import ReplayError
from mock_custify.replay.run import run

if TYPE_CHECKING:
    from mock_custify.replay.archive.archive_file import ArchiveFile
    from mock_custify.replay.fold.plan import Plan
    from mock_custify.replay.report import Report
    from mock_custify.replay.run import Options


def run_with_progress(
    plan: Plan, options: Options, paths: tuple[str, ...], outputs: dict[str, str | None]
) -> Report:
    """Run the replay with a progress bar on a terminal, which shows the time left.

    Raises ReplayError if a file of the archive is one of `outputs`, the files to be written by option.
    """
    console = make_console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with (
        stopped_by_sigterm(),  # the files on the disk are deleted
        Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress,
    ):
        folding = progress.add_task("replaying", visible=False, file="")

        def folded(done: int, most: int) -> None:
            progress.update(folding, completed=done, total=most, visible=True)

        def begin(files: list[ArchiveFile]) -> list[ArchiveFile]:
            if taken := overwritten([path for path in outputs.values() if path], files):
                raise ReplayError(
                    f"a result would overwrite {taken}, a file of the archive: choose another folder"
                )
            return with_progress(progress, files)

        return run(plan, replace(options, folded=folded), paths, begin)


def with_progress(progress: Progress, files: list[ArchiveFile]) -> list[ArchiveFile]:
    """Return the files so that the bar moves on as they are read; the first look into a file counts once."""
    task = progress.add_task("reading", total=sum(file.size for file in files) or None, file="")
    done: dict[str, int] = {}

    def note(path: str, count: int) -> None:
        more = count - done.get(path, 0)
        if more > 0:
            done[path] = count
            progress.update(task, advance=more, file=Path(path).name)

    return [watched(file, note) for file in files]
