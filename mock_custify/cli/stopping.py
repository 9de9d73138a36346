"""Stops a long command so that it can clean up behind itself."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def stopped_by_sigterm() -> Iterator[None]:
    """Make SIGTERM stop the command as Ctrl-C does; CI systems send SIGTERM when a build is cancelled."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
