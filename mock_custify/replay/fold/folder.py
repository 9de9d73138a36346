"""Folds messages in order: transforms each, delivers it, and notes what that shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.divergences.causes import HEADERS_PART, UNEXPLAINED
from mock_custify.replay.fold.custify import OPERATIONS, Custify
from mock_custify.replay.fold.delivery import Delivered, deliver, row_of
from mock_custify.replay.fold.differences import (
    Blame,
    Causes,
    add_causes,
    compare,
    compare_events,
    event_causes,
    stored,
)
from mock_custify.replay.fold.entry import day_of, is_ignored, type_of
from mock_custify.replay.fold.holders import free_prefix
from mock_custify.replay.fold.identity import user_of
from mock_custify.replay.fold.likeness import parts_of
from mock_custify.replay.fold.named import named_by
from mock_custify.replay.fold.observers import Writes, note_fields
from mock_custify.replay.fold.pattern_counts import PatternCounts
from mock_custify.replay.fold.patterns import Patterns
from mock_custify.replay.fold.plan import records_of
from mock_custify.replay.fold.reasons import is_limit, reason_of
from mock_custify.replay.fold.records import count_records
from mock_custify.replay.fold.settings import Settings, Transformed, changed_settings, transformed
from mock_custify.replay.fold.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from mock_custify.replay.fold.entry import Entry
    from mock_custify.replay.fold.patterns import Outcome
    from mock_custify.replay.fold.plan import Plan

    Shown = dict[str, set[str]]


class Folder:
    """Folds the messages of one shard; `tally` is what they came to, `custify` what they leave.

    `emit` gets each event that is stored, as (its id, the event). `patterns` are those that are known.
    """

    def __init__(
        self, plan: Plan, emit: Callable[[str, Any], None], patterns: Patterns | None = None
    ) -> None:
        self.plan = plan
        self.emit = emit
        self.tally = Tally()
        records = records_of(plan.state)
        short = free_prefix(records.used_ids())
        self.custify = Custify(records, short, keeps_state=plan.keeps_state)
        self.against = Custify(records, short) if plan.against else None
        self.settings = changed_settings(plan.main, plan.against) if plan.against else []
        self.patterns = patterns or Patterns(plan.main)
        self.counts = PatternCounts()
        self.writes = Writes()
        self.blame = Blame()

    def take(self, entry: Entry) -> None:
        """Fold one message."""
        found = self.patterns.outcome(entry)
        if self.counts.are_many():
            self.counts.settle(self.tally)
        self.note_divergences(entry, found)
        self.custify.begin(entry.position, entry.moment)
        self.deliver(entry, found)
        if self.against:
            self.deliver_against(entry, found)

    def note_divergences(self, entry: Entry, found: Outcome) -> None:
        """Note the divergences that the message shows."""
        if found.pattern is not None and found.pattern.shown is not None:
            self.counts.note_shown(entry, found.pattern, found.size)
            return
        for name in set().union(*found.shown.values()):
            entry.note(self.tally.divergences, name, found.size)

    def deliver(self, entry: Entry, found: Outcome) -> None:
        """Deliver the message by the main settings, and note what became of it."""
        made, kind = found.made, found.pattern.kind if found.pattern else type_of(entry.message)
        row = row_of(self.custify, made, kind)
        added, removed = self.custify.links.added, self.custify.links.removed
        delivered = deliver(self.custify, made, plain=found.plain)
        if more := self.custify.links.added - added:
            self.tally.rows[row, "added"] += more
        if less := self.custify.links.removed - removed:
            self.tally.rows[row, "removed"] += less
        if delivered.sent:
            self.tally.call_days[day_of(entry.moment)] += delivered.sent
        self.note_accepted(entry, made, delivered)
        if found.pattern is not None and delivered.refusal is None and made.refusal is None:
            self.counts.delivered[found.pattern] += 1
        else:
            self.tally.statuses[kind, self.status_of(entry, made, delivered, found.size)] += 1
            for request in made.requests[: delivered.sent]:
                self.tally.calls[OPERATIONS[request.endpoint].name] += 1
        if event := self.custify.events.taken:
            self.emit(event.id, event)

    def note_accepted(self, entry: Entry, made: Transformed, delivered: Delivered) -> None:
        """Note what the accepted requests wrote."""
        for request, body in delivered.accepted:
            name = OPERATIONS[request.endpoint].name
            values = body.metadata if name == "event" else body.custom_attributes
            if isinstance(values, dict) and (name != "event" or self.custify.events.taken):
                note_fields(self.tally, name, values, entry.position)
            if name == "company":
                self.writes.note(self.tally, request.body, user_of(made.requests, entry.message), entry)

    def status_of(self, entry: Entry, made: Transformed, delivered: Delivered, size: int) -> str:
        """Return what became of a message, and count why it was refused."""
        refusal = delivered.refusal
        if refusal is None and made.refusal is None:
            return "delivered"
        if refusal is None and is_ignored(entry.message):
            return "ignored"
        text = made.refusal.text if refusal is None and made.refusal else reason_of(refusal or "")
        entry.note(self.tally.refusals, text, size)
        if refusal is not None and is_limit(refusal):
            entry.note(self.tally.limits, text, size)
        taken = self.custify.events.taken
        if taken is not None and taken.dropped:
            entry.note(
                self.tally.unknown_people, "person" if taken.user_id or taken.email else "company", size
            )
        return "refused"

    def deliver_against(self, entry: Entry, found: Outcome) -> None:
        """Deliver the message by the settings of the what-if, and note what differs and why."""
        main, against, made = self.plan.main, self.plan.against, found.made
        if against is None or self.against is None:
            return
        if self.settings:
            changed = transformed(entry.message, against.destination_for(entry.settings), against.profile)
        else:
            changed = made if against.profile == main.profile else found.in_other_profile()
        self.against.begin(entry.position, entry.moment)
        deliver(self.against, changed, plain=found.plain and not self.settings)
        causes = self.causes_by_pattern(entry, found, changed)
        if causes:
            self.blame.note(self.keys_of(found, changed), causes)
        one, other = self.custify.events.taken, self.against.events.taken
        compare_events(self.tally, stored(one), stored(other), event_causes(causes, one, other))
        for cause in sorted(set().union(*causes.values())):
            entry.note(self.tally.changes, cause, found.size)

    def keys_of(self, found: Outcome, changed: Transformed) -> Collection[str]:
        """Return the keys of the records that the requests of a message name by any of the settings."""
        pattern = found.pattern
        if pattern is None or pattern.places is None or self.settings:
            return named_by((*found.made.requests, *changed.requests)).keys
        return pattern.places.named(found.leaves).keys

    def causes_by_pattern(self, entry: Entry, found: Outcome, changed: Transformed) -> Causes:
        """Return the causes of a message; those of a form are the same when the divergences are."""
        pattern = found.pattern
        if pattern is None or pattern.shown is None or self.settings:
            return self.causes_of(entry, found.made, changed, found.shown)
        if pattern.causes is None:
            pattern.causes = self.causes_of(entry, found.made, changed, found.shown)
        return pattern.causes

    def causes_of(self, entry: Entry, made: Transformed, changed: Transformed, shown: Shown) -> Causes:
        """Return why a message becomes something else by the settings of the what-if, by kind of record."""
        main, against = self.plan.main, self.plan.against
        parts = parts_of(made, changed)
        if against is None or not parts:
            return {}
        causes: Causes = {}
        if main.profile != against.profile:
            add_causes(causes, {part: names for part, names in shown.items() if part != HEADERS_PART})
        if self.settings:
            names = {f"setting {name}" for name in self.settings}
            others = parts_of(made, self.with_other_settings(entry, against))
            add_causes(causes, dict.fromkeys(others, names))
        if not causes:
            add_causes(causes, {part: {UNEXPLAINED} for part in parts})
        return causes

    def with_other_settings(self, entry: Entry, against: Settings) -> Transformed:
        """Return what a message becomes in the same profile by the settings of the what-if."""
        destination = against.destination_for(entry.settings)
        return transformed(entry.message, destination, self.plan.main.profile)

    def size(self) -> int:
        """Return how many records are kept in memory."""
        return self.custify.size() + (self.against.size() if self.against else 0)

    def finish(self) -> None:
        """Count what the messages leave, once all are folded."""
        self.counts.settle(self.tally)
        count_records(self.tally, self.custify)
        if self.against:
            compare(self.tally, self.custify, self.against, self.blame)
