"""Which resources there are: one line each, in the order in which a state stores them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from mock_custify.workspace.section import Section

if TYPE_CHECKING:
    from types import ModuleType

    from flask import Blueprint

NAMES: Final = (
    "users",
    "companies",
    "people",
    "associations",
    "events",
    "tags",
    "files",
    "notes",
    "tasks",
    "comments",
    "tickets",
    "time_tracks",
    "segments",
    "playbooks",
    "health_scores",
    "calculated_metrics",
    "lifecycles",
    "objectives",
    "signals",
    "meetings",
    "surveys",
    "scores",
    "custom_data",
    "financial",
    "batches",
)


def part_of(name: str, part: str) -> ModuleType:
    """Return the module of a resource that holds its `part`; a small resource is one module for all parts."""
    resource = import_module(f"mock_custify.resources.{name}")
    return import_module(f"{resource.__name__}.{part}") if hasattr(resource, "__path__") else resource


def blueprint_of(name: str) -> Blueprint:
    """Return the blueprint of a resource, which has its name and is in its views."""
    blueprint: Blueprint = getattr(part_of(name, "views"), name)
    return blueprint


def sections_of(name: str) -> list[Section[Any]]:
    """Return the sections of a state that a resource declares in its model, its rules being loaded."""
    part_of(name, "rules")
    return [one for one in vars(part_of(name, "model")).values() if isinstance(one, Section)]


BLUEPRINTS: Final = tuple(map(blueprint_of, NAMES))
SECTIONS: Final = tuple(section for name in NAMES for section in sections_of(name))
