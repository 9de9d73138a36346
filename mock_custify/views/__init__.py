"""HTTP in, HTTP out: one module for each subject, no rules."""

from typing import Final

from mock_custify.views import companies, control, events, people

ALL: Final = (people.endpoints, companies.endpoints, events.endpoints, control.endpoints)

__all__ = ["ALL"]
