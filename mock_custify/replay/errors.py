"""Why a replay cannot run."""

from __future__ import annotations

from typing import Final

from mock_custify.missing_extra import how_to_install, pip_install

# What fsspec needs for a store that no extra is for, by the scheme of its URLs.
STORES: Final = {
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("http", "https"), "aiohttp"),
    **dict.fromkeys(("abfs", "abfss", "az"), "adlfs"),
}


class ReplayError(Exception):
    """The replay cannot run; the text says why and what to do."""


class UnreadableArchiveError(ReplayError):
    """Nothing of the archive can be read."""


class MissingExtraError(ReplayError):
    """A package is not installed: one of the `extra`, or the one that fsspec needs for the store."""

    def __init__(self, feature: str, extra: str) -> None:
        scheme, _, rest = feature.partition("://")
        package = STORES.get(scheme) if rest else None
        super().__init__(
            f"{scheme}:// needs {package}: {pip_install('fsspec', package)}"
            if package
            else f"{feature}: {how_to_install(extra)}"
        )
