"""Runs a replay: reads the archive, folds its messages by an engine, and makes the report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.overwriting import overwritten
from mock_custify.replay.archive.reader import read_rows
from mock_custify.replay.archive.row import Row, Unreadable
from mock_custify.replay.engines.cluster import RayCluster
from mock_custify.replay.engines.local import InProcess, Processes
from mock_custify.replay.engines.shard import TooManyRecordsError, fold_into
from mock_custify.replay.errors import ReplayError, UnreadableArchiveError
from mock_custify.replay.estimate import Rate
from mock_custify.replay.findings import report_of
from mock_custify.replay.fold.plan import Plan, records_of
from mock_custify.replay.fold.settings import Settings
from mock_custify.replay.fold.tally import Tally
from mock_custify.replay.kept_state import KeptState
from mock_custify.replay.sharding import fold_in_shards
from mock_custify.replay.state_out import write_state
from mock_custify.replay.survey import MessageIds, Survey, surveyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mock_custify.replay.archive.archive_file import ArchiveFile
    from mock_custify.replay.archive.files import Listing
    from mock_custify.replay.engines.shard import Engine
    from mock_custify.replay.fold.entry import Entry
    from mock_custify.replay.report import Report

TOGETHER: Final = 20_000  # people, companies and deduplication ids that one process folds without the disk
SHARD: Final = 20_000
BYTES: Final = 30  # of a message in a gzip file; a plain one counts for several, which does no harm
SHARDS_A_JOB: Final = 4
Watch: TypeAlias = Callable[[Row | Unreadable], None]
UNSEEN: Final[Watch] = lambda _row: None  # noqa: E731 - a constant


@dataclass(frozen=True, slots=True)
class Options:
    """How a replay runs. Up to `together` new records are folded without the disk; more go into shards.

    `folded` is called after each shard with the number of shards so far and the greatest number of them.
    """

    rate: Rate = field(default_factory=Rate)
    jobs: int = 1
    engine: str = "local"
    state_out: str | None = None
    together: int = TOGETHER
    shard: int = SHARD
    folded: Callable[[int, int], None] = lambda _done, _most: None


def plan_of(  # noqa: PLR0913 - one for each part of a plan
    profile: str,
    config: dict[str, Any] | None,
    against_profile: str | None,
    against_config: dict[str, Any] | None,
    state: bytes,
    *,
    keeps_state: bool,
    names: tuple[str, str] = ("config", "against_config"),
) -> Plan:
    """Return the plan; what the what-if does not change is as in the main settings. Raises ReplayError.

    `names` are those of the settings and of the settings to compare with.
    """
    main = Settings(profile, {}) if config is None else Settings(profile, config, names[0])
    against = None
    if against_profile is not None or against_config is not None:
        other = main.config if against_config is None else against_config
        name = main.name if against_config is None else names[1]
        against = Settings(against_profile or profile, other, name)
    return Plan(main, against, state, keeps_state)


def run(
    plan: Plan,
    options: Options,
    paths: Sequence[str],
    watch: Callable[[list[ArchiveFile]], list[ArchiveFile]] = lambda files: files,
) -> Report:
    """Return the report; `watch` gets the files and returns those that are read in their place."""
    listing = list_files(paths)
    if options.state_out and (taken := overwritten([options.state_out], listing.files)):
        raise ReplayError(f"the state would overwrite {taken}, a file of the archive: choose another folder")
    return run_files(plan, options, replace(listing, files=watch(listing.files)), ", ".join(paths))


def run_files(plan: Plan, options: Options, listing: Listing, name: str, tell: Watch = UNSEEN) -> Report:
    """Return the report on files; `name` is their name in an error, `tell` is called with each row."""
    before = records_of(plan.state)
    if not listing.files and not listing.unreadable:
        raise UnreadableArchiveError(f"{name}: there are no files in it")
    with closing(Reading(listing, tell)) as reading, closing(KeptState()) as kept:
        tally = fold_entries(plan, options, reading, kept)
        survey = reading.survey
        if not survey.seen:
            raise UnreadableArchiveError(nothing_in(name, survey))
        survey.duplicates = reading.ids.repeated()
        report = report_of(plan, options.rate, survey, tally, before.fields.types)
        if options.state_out:
            write_state(Path(options.state_out), kept, before, tally)
    return report


def nothing_in(name: str, survey: Survey) -> str:
    """Return what an archive without a message says."""
    if not survey.problems:
        return f"{name}: there is no message in it"
    first = survey.problems[0]
    more = f", and {survey.unreadable - 1} more" if survey.unreadable > 1 else ""
    return f"nothing can be read in {name}: {first.place} {first.reason}{more}"


def expected(files: Iterable[ArchiveFile]) -> int:
    """Return how many messages the files may hold."""
    return sum(file.size for file in files) // BYTES


class Reading:
    """The files of an archive; they are read again from the start when there are too many records to keep."""

    def __init__(self, listing: Listing, tell: Watch) -> None:
        self.listing = listing
        self.tell = tell
        self.survey = Survey()
        self.ids = MessageIds()

    def entries(self) -> Iterator[Entry]:
        """Return the messages from the start; `survey` and `ids` are about this reading."""
        self.ids.close()
        self.survey, self.ids = Survey(files=len(self.listing.files)), MessageIds()
        rows = chain(self.listing.unreadable, read_rows(self.listing.files))
        return surveyed(rows, self.survey, self.ids, self.tell)

    def close(self) -> None:
        """Close the files of the message ids."""
        self.ids.close()


def fold_entries(plan: Plan, options: Options, reading: Reading, kept: KeptState) -> Tally:
    """Return the tally of all messages; the state they leave goes to `kept`."""
    if options.jobs == 1 and options.engine == "local":
        try:
            return fold_into(plan, reading.entries(), kept.add, options.together)
        except TooManyRecordsError:
            kept.clear()
    shards = max(options.jobs * SHARDS_A_JOB, expected(reading.listing.files) // options.shard)
    return fold_in_shards(plan, engine_of(options), reading.entries(), shards, kept, folded=options.folded)


def engine_of(options: Options) -> Engine:
    """Return what folds the shards."""
    if options.engine == "ray":
        return RayCluster(options.jobs)
    if options.engine != "local":
        raise ReplayError(f"there is no engine {options.engine!r}: choose local or ray")
    return InProcess() if options.jobs == 1 else Processes(options.jobs)
