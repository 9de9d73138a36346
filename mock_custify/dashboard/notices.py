"""What explains a missing message beside the messages: other keys, refused calls, settings, faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from mock_custify.dashboard.calls import makers_of
from mock_custify.values import iso
from mock_custify.workspace.traffic.journal import readable

if TYPE_CHECKING:
    from mock_custify.workspace import Store, Workspace
    from mock_custify.workspace.traffic.journal import Recorded

REFUSED: Final = 400


class RefusedCall(Struct, kw_only=True):
    """A call of the Custify API that was refused, without its body."""

    number: int
    at: str
    method: str
    path: str
    status: int
    text: str


class Notices(Struct, kw_only=True):
    """What the first page says in addition to the messages.

    `elsewhere` counts messages for other keys; `unknown_key` and `without_key` count calls that opened no
    workspace, `latest` is the newest of these. `accepts` says which keys are accepted, "" for all keys.
    `refused` counts refused calls of the Custify API that no message made, `newest_refused` is the newest. No
    key is included.
    """

    elsewhere: int
    unknown_key: int
    without_key: int
    latest: str
    accepts: str
    refused: int
    newest_refused: RefusedCall | None
    enabled: bool
    faults: int


def notices_of(workspace: Workspace, store: Store) -> Notices:
    """Return the notices of a workspace at this moment."""
    arrivals = store.arrivals
    made = makers_of(workspace)
    refused = [call for call in workspace.journal if call.status >= REFUSED and call.number not in made]
    return Notices(
        elsewhere=max(arrivals.messages - workspace.arrived, 0),
        unknown_key=arrivals.unknown_key,
        without_key=arrivals.without_key,
        latest=arrivals.latest,
        accepts=store.accepts if store.allowed else "",
        refused=len(refused),
        newest_refused=refused_call(refused[-1]) if refused else None,
        enabled=workspace.destination.enabled,
        faults=len(workspace.faults.rules),
    )


def refused_call(call: Recorded) -> RefusedCall:
    """Return a refused call as a notice shows it."""
    answer: Any = readable(call.answer)
    text = answer.get("error") if isinstance(answer, dict) else answer
    return RefusedCall(
        number=call.number,
        at=iso(call.at),
        method=call.method,
        path=call.path,
        status=call.status,
        text=str(text or "")[:300],
    )
