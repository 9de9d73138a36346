"""Writes the page: `python -m custify_contract.divergences > docs/divergences.md`."""

import sys

from custify_contract.divergences.page import document

if __name__ == "__main__":
    sys.stdout.write(document())
