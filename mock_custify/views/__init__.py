"""HTTP in, HTTP out: one module for each subject, no rules."""

from typing import Final

from mock_custify.views import (
    calculated_metrics,
    companies,
    control,
    control_clock,
    control_deliveries,
    control_destination,
    control_faults,
    control_requests,
    control_snapshots,
    events,
    health_scores,
    lifecycles,
    meetings,
    notes,
    nps_scores,
    objectives,
    people,
    playbooks,
    segments,
    signals,
    tags,
    tasks,
)

ALL: Final = (
    people.endpoints,
    companies.endpoints,
    events.endpoints,
    nps_scores.endpoints,
    notes.endpoints,
    tasks.endpoints,
    tags.endpoints,
    segments.endpoints,
    playbooks.endpoints,
    health_scores.endpoints,
    calculated_metrics.endpoints,
    lifecycles.endpoints,
    objectives.endpoints,
    signals.endpoints,
    meetings.endpoints,
    control.endpoints,
    control_snapshots.endpoints,
    control_requests.endpoints,
    control_faults.endpoints,
    control_clock.endpoints,
    control_destination.endpoints,
    control_deliveries.endpoints,
)

__all__ = ["ALL"]
