"""A snapshot of a workspace in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self


class SnapshotHandle:
    """A snapshot of a workspace, taken when this is made; `control` makes a control call."""

    def __init__(self, control: Callable[[str, str], bytes], name: str) -> None:
        self.control = control
        self.name = name
        control("PUT", f"/_mock/snapshots/{quote(name, safe='')}")

    def restore(self) -> None:
        """Restore the workspace."""
        self.control("POST", f"/_mock/snapshots/{quote(self.name, safe='')}/restore")

    def __enter__(self) -> Self:
        """Return the snapshot."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore the workspace."""
        self.restore()
