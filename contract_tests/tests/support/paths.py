"""Where the repository keeps what tests read."""

from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parents[1]
CASES: Final = TESTS / "cases"
ROOT: Final = TESTS.parents[1]
