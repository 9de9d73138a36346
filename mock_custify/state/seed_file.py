"""Seed files: what every workspace of a server starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import UNSET, UnsetType, defstruct, field

from mock_custify.api.error_text import explain, json_fault
from mock_custify.errors import InvalidRequestError
from mock_custify.state.form import StatePut
from mock_custify.state.json_file import JsonFileError, read_json_file
from mock_custify.state.state import build_records
from mock_custify.workspace.clock import Clock
from mock_custify.workspace.clock_settings import ClockPut, moved, seeded
from mock_custify.workspace.initial_state import InitialState
from mock_custify.workspace.messages.destination import DestinationSettings
from mock_custify.workspace.traffic.faults import Fault, Faults
from mock_custify.workspace.traffic.rate_limit import RateLimitPut
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from os import PathLike


class SeedFileError(Exception):
    """A seed file cannot be used; the text says which one, why, and where in it."""


# A state as PUT /_mock/state takes it, with settings as the other control calls take them.
SeedFile: Final[Any] = defstruct(
    "SeedFile",
    [
        ("destination", DestinationSettings, field(default_factory=DestinationSettings)),
        ("faults", tuple[Fault, ...], ()),
        ("rate_limit", RateLimitPut | None, None),
        ("clock", ClockPut | None, None),
        ("seed", int | UnsetType, UNSET),
    ],
    bases=(StatePut,),
    kw_only=True,
    forbid_unknown_fields=True,
)


def read_seed_file(path: str | PathLike[str]) -> InitialState:
    """Return what the file at `path` gives a workspace; raise SeedFileError."""
    content = b""
    try:
        content = read_json_file(path)
        return initial_state_of(msgspec.json.decode(content, type=SeedFile))
    except JsonFileError as error:
        raise SeedFileError(str(error)) from error
    except msgspec.ValidationError as error:
        raise SeedFileError(
            f"{path} is not a seed file: {explain(error, SeedFile, content, 'its content')}"
        ) from error
    except msgspec.DecodeError as error:
        raise SeedFileError(f"{path} is not a seed file: not JSON: {json_fault(error)}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, InvalidRequestError) as error:
        raise SeedFileError(f"{path} is not a seed file: {error}") from error


def initial_state_of(seed: Any) -> InitialState:
    """Return what a seed gives a workspace; raise InvalidRequestError for a mistake in it."""
    clock = moved(Clock(), seed.clock) if seed.clock else Clock()
    aside = Workspace(InitialState(clock=clock))
    if seed.seed is not UNSET:
        aside.records.ids = seeded(aside.records, seed.seed)
    Faults(seed.faults)
    return InitialState(
        records=build_records(aside, seed),
        clock=clock,
        faults=seed.faults,
        rate_limit=seed.rate_limit,
        destination=seed.destination,
    )
