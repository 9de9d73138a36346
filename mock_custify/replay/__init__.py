"""What an archive of events would do to a Custify, without doing it."""

from mock_custify.replay.errors import MissingExtraError, ReplayError, UnreadableArchiveError
from mock_custify.replay.in_python import replay
from mock_custify.replay.report import Report

__all__ = ["MissingExtraError", "ReplayError", "Report", "UnreadableArchiveError", "replay"]
