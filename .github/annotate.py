# ruff: noqa: INP001 - a script of the action, imported by nobody
"""Print an annotation of GitHub for each broken law of a JUnit file: python annotate.py contract.xml."""

from __future__ import annotations

import sys
from xml.etree import ElementTree as ET


def escaped(text: str) -> str:
    """Return a text as a workflow command of GitHub holds it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def annotations(path: str) -> list[str]:
    """Return one line for each law that is broken."""
    cases = ET.parse(path).iter("testcase")  # noqa: S314 - our own file
    broken = [(case.get("name", ""), case.find("failure")) for case in cases]
    return [
        f"::error title=Broken law {escaped(name)}::{escaped(failure.get('message') or failure.text or '')}"
        for name, failure in broken
        if failure is not None
    ]


if __name__ == "__main__":
    for line in annotations(sys.argv[1]):
        print(line)  # noqa: T201 - this is what the workflow reads
