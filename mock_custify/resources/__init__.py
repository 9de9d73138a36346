"""HTTP in, HTTP out: one module for each subject, no rules."""

from typing import Final

from mock_custify.control import clock as control_clock
from mock_custify.control import deliveries as control_deliveries
from mock_custify.control import destination as control_destination
from mock_custify.control import faults as control_faults
from mock_custify.control import requests as control_requests
from mock_custify.control import snapshots as control_snapshots
from mock_custify.control import state as control
from mock_custify.resources.calculated_metrics import views as calculated_metrics
from mock_custify.resources.companies import views as companies
from mock_custify.resources.events import views as events
from mock_custify.resources.health_scores import views as health_scores
from mock_custify.resources.lifecycles import views as lifecycles
from mock_custify.resources.meetings import views as meetings
from mock_custify.resources.notes import views as notes
from mock_custify.resources.nps_scores import views as nps_scores
from mock_custify.resources.objectives import views as objectives
from mock_custify.resources.people import views as people
from mock_custify.resources.playbooks import views as playbooks
from mock_custify.resources.segments import views as segments
from mock_custify.resources.signals import views as signals
from mock_custify.resources.tags import views as tags
from mock_custify.resources.tasks import views as tasks

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
