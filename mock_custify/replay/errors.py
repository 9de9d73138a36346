"""Why a replay cannot run."""

from __future__ import annotations


class ReplayError(Exception):
    """The replay cannot run; the text says why and what to do."""


class UnreadableArchiveError(ReplayError):
    """Nothing of the archive can be read."""


class MissingExtraError(ReplayError):
    """An optional package is not installed; `extra` is what to install."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature}: pip install 'mock-custify[{extra}]'")
        self.extra = extra
