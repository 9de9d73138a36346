"""Folds an archive in shards: messages go to the disk, are split, folded by an engine and put together."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mock_custify.replay.fold.patterns import Patterns
from mock_custify.replay.fold.plan import records_of
from mock_custify.replay.fold.settings import changed_settings
from mock_custify.replay.fold.tally import Tally
from mock_custify.replay.spool import Spool, Ties
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.people.model import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_custify.replay.engines.shard import Engine
    from mock_custify.replay.fold.entry import Entry
    from mock_custify.replay.fold.plan import Plan
    from mock_custify.replay.kept_state import KeptState
    from mock_custify.workspace.records import Records


def fold_in_shards(  # noqa: PLR0913 - the input, the engine and the output of a fold
    plan: Plan,
    engine: Engine,
    entries: Iterator[Entry],
    count: int,
    kept: KeptState,
    *,
    folded: Callable[[int, int], None],
) -> Tally:
    """Return the tally of all messages, folded in at most `count` shards; the state goes to `kept`.

    `folded` is called after each shard with the number of shards so far and with `count`.
    """
    tally = Tally()
    settings = [plan.main]
    if plan.against is not None and changed_settings(plan.main, plan.against):
        settings.append(plan.against)
    patterns = [Patterns(one) for one in settings]
    with (
        TemporaryDirectory(prefix="mock-custify-replay-") as folder,
        closing(Spool(Path(folder), ties_of(records_of(plan.state)))) as spool,
    ):
        for entry in entries:
            named = [one.named(entry) for one in patterns]
            spool.add(
                entry,
                [key for one in named for key in one.keys],
                [one for each in named for one in each.once],
            )
        results = engine.fold_all(replace(plan, now=spool.latest), spool.shards(count))
        for done, result in enumerate(results, 1):
            tally.merge(result.tally)
            for record in result.kept:
                kept.add(record)
            folded(done, count)
    return tally


def ties_of(records: Records) -> Ties:
    """Return what the state before ties together: identifiers of one record, and who belongs to whom."""
    ties = Ties()
    for person in records[PEOPLE]:
        ties.join(
            filter(
                None,
                (
                    f"i{person.id}",
                    person.user_id and f"u{person.user_id}",
                    person.email and f"e{person.email}",
                ),
            )
        )
    for company in records[COMPANIES]:
        parents = (f"i{one.id}" for one in company.parent_companies)
        ties.join((f"i{company.id}", f"c{company.company_id}", *parents))
    for person_id, company_id in records[MEMBERSHIPS]:
        ties.join((f"i{person_id}", f"i{company_id}"))
    return ties
