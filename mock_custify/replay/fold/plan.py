"""What is to be replayed: it is all that a process needs to fold its part of the messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import msgspec

from mock_custify.api.error_text import explain, json_fault
from mock_custify.errors import InvalidRequestError
from mock_custify.replay.errors import ReplayError
from mock_custify.replay.fold.holders import MessageClock
from mock_custify.replay.fold.settings import Settings
from mock_custify.state.form import StatePut
from mock_custify.state.state import build_records
from mock_custify.workspace.records import Records
from mock_custify.workspace.workspace import Workspace

DECODER: Final = msgspec.json.Decoder(StatePut)


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings, those of the what-if, the state before as JSON, and whether the state after is wanted.

    `now` is the time at the end of the archive, as far as it is known.
    """

    main: Settings = field(default_factory=Settings)
    against: Settings | None = None
    state: bytes = b"{}"
    keeps_state: bool = False
    now: str = ""


@lru_cache(maxsize=1)
def records_of(state: bytes) -> Records:
    """Return the records of a state, which are never changed. Raises ReplayError for one that is wrong.

    Times that it does not say are the first moment of all, not the time of the run.
    """
    workspace = Workspace()
    workspace.clock = MessageClock()
    try:
        names = msgspec.json.decode(state, type=dict[str, msgspec.Raw]).keys()
        if names and not names & set(StatePut.__struct_fields__):
            raise ReplayError("the state has no list such as people: give the answer of GET /_mock/state")
        return build_records(workspace, DECODER.decode(state))
    except msgspec.ValidationError as error:
        raise ReplayError(f"the state cannot be used: {explain(error, StatePut, state, 'it')}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReplayError(f"the state cannot be used: it is not JSON: {json_fault(error)}") from error
    except RecursionError as error:
        raise ReplayError("the state cannot be used: it is nested too deeply") from error
    except InvalidRequestError as error:
        raise ReplayError(f"the state cannot be used: {error}") from error
