"""A faulty transformer, and the changes of messages, settings and requests that faults are made of."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from math import inf
from typing import Any

from custify_contract.rules.values import at
from custify_contract.run.in_process import InProcessTransformer
from custify_contract.strategies.edge_values import set_value
from custify_contract.targets import MessageRefusedError
from custify_transformer import HttpRequest

Requests = tuple[HttpRequest, ...]
Transform = Callable[[Any, Any], Requests]
Wrapper = Callable[[Transform, Any, Any], Requests]


@dataclass(frozen=True)
class Fault:
    """A fault, and the law that must find it."""

    name: str
    law: str
    wrap: Wrapper


class FaultyTransformer(InProcessTransformer):
    """Our transformer with one fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault

    def transform(self, message: Any, settings: Any) -> Requests:
        """Return the requests of the faulty transformer."""
        return self.fault.wrap(super().transform, message, settings)


def on_message(change: Callable[[dict[str, Any]], Any]) -> Wrapper:
    """Return a fault that changes a copy of the message first."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        if not isinstance(message, dict):
            return transform(message, settings)
        changed = deepcopy(message)
        return transform(change(changed) or changed, settings)

    return wrap


def on_settings(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Wrapper:
    """Return a fault that reads the settings differently."""
    return lambda transform, message, settings: transform(message, change(dict(settings)))


def on_body(path: str, change: Callable[[dict[str, Any], Any], Any]) -> Wrapper:
    """Return a fault that changes the body of the requests to a path."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        for request in found:
            if request.endpoint.endswith(path):
                change(request.body, message)
        return found

    return wrap


def accepting(reason: str) -> Wrapper:
    """Return a fault that does not refuse messages for a reason."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        try:
            return transform(message, settings)
        except MessageRefusedError as refusal:
            if reason not in str(refusal):
                raise
            return ()

    return wrap


def without(path: str, kind: str = "") -> Wrapper:
    """Return a fault that never reads a path."""
    return on_message(
        lambda message: None if kind not in str(message.get("type")).lower() else drop(message, path)
    )


def drop(message: dict[str, Any], path: str) -> None:
    """Take the value at a path away."""
    outer = path.rpartition(".")[0]
    if not outer or isinstance(at(message, outer), dict):
        set_value(message, path, ...)


def put(message: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a path, whatever stands on the way."""
    outer = path.split(".")[:-1]
    for length in range(1, len(outer) + 1):
        if not isinstance(at(message, ".".join(outer[:length])), dict):
            set_value(message, ".".join(outer[:length]), {})
    set_value(message, path, value)


def preferring(path: str, first: str, kind: str) -> Wrapper:
    """Return a fault that reads `path` before `first`."""

    def change(message: dict[str, Any]) -> None:
        value = at(message, path)
        if kind in str(message.get("type")).lower() and not (
            value in {None, "", inf} if is_hashable(value) else True
        ):
            put(message, first, value)

    return on_message(change)


def is_hashable(value: Any) -> bool:
    """Return whether a value is a scalar."""
    return not isinstance(value, (dict, list))


def edit(field: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any], Any], None]:
    """Return a change of one field of a body, if the body has it; `...` takes it away."""

    def apply(body: dict[str, Any], _message: Any) -> None:
        if field in body:
            set_value(body, field, change(body[field]))

    return apply


def true_to_text(message: dict[str, Any], path: str) -> None:
    """Make an id of a boolean."""
    if isinstance(at(message, path), bool):
        put(message, path, str(at(message, path)).lower())


def only(kind: str, wrap: Wrapper) -> Wrapper:
    """Return a fault that only concerns one type of message."""
    return lambda transform, message, settings: (
        wrap(transform, message, settings)
        if isinstance(message, dict) and message.get("type") == kind
        else transform(message, settings)
    )


def attribute(path: str, change: Callable[[Any], Any]) -> Wrapper:
    """Return a fault that changes each custom attribute or property."""

    def apply(body: dict[str, Any], _message: Any) -> None:
        for field in ("custom_attributes", "metadata"):
            changed = {key: change(value) for key, value in body.get(field, {}).items()}
            if field in body:
                body[field] = {key: value for key, value in changed.items() if value is not ...}

    return on_body(path, apply)


def without_names(path: str, *names: str) -> Wrapper:
    """Return a fault that drops custom attributes or properties by name."""

    def apply(body: dict[str, Any], _message: Any) -> None:
        for field in ("custom_attributes", "metadata"):
            for name in names:
                body.get(field, {}).pop(name, None)

    return on_body(path, apply)


def from_message(path: str, field: str, place: str) -> Wrapper:
    """Return a fault that fills a missing field from a place that does not count."""

    def apply(body: dict[str, Any], message: Any) -> None:
        value = at(message, place)
        if field not in body and isinstance(value, (str, int, float)) and value != "":
            body[field] = value

    return on_body(path, apply)
