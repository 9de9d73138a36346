"""The dashboard at /_mock/ui/: a page that shows what the messages of an application became."""

from typing import Final

from mock_custify.dashboard.contract import dashboard_contract
from mock_custify.dashboard.pages import dashboard
from mock_custify.dashboard.replay import dashboard_replay
from mock_custify.dashboard.stream import live_updates
from mock_custify.dashboard.views import dashboard_api

DASHBOARD: Final = (dashboard, live_updates, dashboard_api, dashboard_contract, dashboard_replay)

__all__ = ["DASHBOARD"]
