"""A replay from the dashboard: a file is dropped on the page, and the report is shown there."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final, Literal, cast
from weakref import WeakKeyDictionary

import msgspec
from flask import Blueprint
from msgspec import Meta, Struct

from mock_custify.api import control_call
from mock_custify.errors import InvalidRequestError
from mock_custify.replay.archive.archive_file import ArchiveFile, WrappedFile
from mock_custify.replay.archive.content import unpacked
from mock_custify.replay.archive.files import Listing
from mock_custify.replay.errors import ReplayError
from mock_custify.replay.run import Options, plan_of, run_files
from mock_custify.state.state import state_of
from mock_custify.workspace import Workspace  # noqa: TC001 - read at run time

if TYPE_CHECKING:
    from mock_custify.replay.fold.plan import Plan

LARGEST: Final = 16 * 1024 * 1024  # bytes of a file
MOST_MESSAGES: Final = 200_000
MOST_UNPACKED: Final = 512 * 1024 * 1024  # bytes of the text in the file
dashboard_replay = Blueprint("dashboard_replay", __name__, url_prefix="/_mock/ui/api/replay")


class ReplayPost(Struct, kw_only=True, forbid_unknown_fields=True):
    """A file to replay: its `name` and its `content` in base64; `what_if` compares with the other profile."""

    name: Annotated[str, Meta(min_length=1, max_length=300)]
    content: bytes
    what_if: bool = False


class ReplayProgress(Struct, kw_only=True):
    """The progress of a replay: the number of `messages` read so far; at the end, also the report."""

    state: Literal["idle", "running", "done", "failed"] = "idle"
    name: str = ""
    messages: int = 0
    error: str = ""
    report: dict[str, Any] | None = None


@dataclass(slots=True)
class Counter:
    """Counts the messages of a replay; raises ReplayError beyond the limit."""

    progress: ReplayProgress

    def __call__(self, _row: object) -> None:
        """Count a message."""
        self.progress.messages += 1
        if self.progress.messages > MOST_MESSAGES:
            raise ReplayError(
                f"the page replays at most {MOST_MESSAGES:,} messages: use mock-custify replay for more"
            )


class UnpackedFile(WrappedFile):
    """The text of a file; raises ReplayError beyond the limit, because a small gzip file may have much."""

    def __init__(self, content: bytes) -> None:
        self.stack = ExitStack()
        super().__init__(self.stack.enter_context(unpacked(BytesIO(content))))
        self.done = 0

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes."""
        count: int = self.file.readinto1(buffer)  # type: ignore[attr-defined] # it is a buffered reader
        self.done += count
        if self.done > MOST_UNPACKED:
            most = MOST_UNPACKED // 2**20
            raise ReplayError(
                f"the page replays at most {most} MiB of unpacked text: use mock-custify replay"
            )
        return count

    def close(self) -> None:
        """Close the file."""
        self.stack.close()
        super().close()


RUNS: Final[WeakKeyDictionary[Workspace, ReplayProgress]] = WeakKeyDictionary()


@dashboard_replay.get("")
@control_call()
def get_replay(workspace: Workspace) -> ReplayProgress:
    """Return the progress of the last replay of this workspace."""
    return RUNS.get(workspace) or ReplayProgress()


@dashboard_replay.post("")
@control_call(statuses=(400, 413), max_body=LARGEST * 4 // 3 + 4096)
def start_replay(workspace: Workspace, body: ReplayPost) -> ReplayProgress:
    """Replay a file from the state that the workspace has now; the workspace does not change."""
    running = RUNS.get(workspace)
    if running is not None and running.state == "running":
        raise InvalidRequestError("a replay is in progress: wait until it ends")
    progress = RUNS[workspace] = ReplayProgress(state="running", name=PurePath(body.name).name)
    thread = Thread(target=work, args=(plan_in(workspace, body), body, progress), name="replay", daemon=True)
    thread.start()
    return ReplayProgress(state="running", name=progress.name)


def plan_in(workspace: Workspace, body: ReplayPost) -> Plan:
    """Return the plan of a replay with the settings and the state of a workspace."""
    settings = workspace.destination
    other = "production" if settings.profile == "documented" else "documented"
    config = {"apiKey": "replay", **settings.config}
    state = msgspec.json.encode(state_of(workspace))
    against = other if body.what_if else None
    return plan_of(settings.profile, config, against, None, state, keeps_state=False)


def work(plan: Plan, body: ReplayPost, progress: ReplayProgress) -> None:
    """Run a replay and keep its report, or why it failed."""
    file = ArchiveFile(progress.name, len(body.content), lambda: cast("BinaryIO", UnpackedFile(body.content)))
    try:
        options = Options(together=len(body.content))
        report = run_files(plan, options, Listing([file], []), progress.name, Counter(progress))
        progress.report = msgspec.json.decode(report.to_json())
        progress.state = "done"
    except Exception as error:  # noqa: BLE001 - the page shows any error
        progress.error = str(error) if isinstance(error, ReplayError) else f"{type(error).__name__}: {error}"
        progress.state = "failed"
