"""Ports for servers that a test has to give a number."""

from __future__ import annotations

import os
from itertools import count
from typing import Final

NUMBERS: Final = count()
MOST: Final = 10_000


def own_port() -> int:
    """Return a port that no other process of tests takes, below those that the system gives to port 0."""
    return 20_000 + (os.getpid() * 50 + next(NUMBERS)) % MOST
