"""`replay()`, which does in Python what the command does, and says what is wrong with its options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from custify_transformer.named_options import named_options
from mock_custify.replay.errors import ReplayError
from mock_custify.replay.estimate import rate_of
from mock_custify.replay.run import Options, plan_of, run
from mock_custify.workspace.messages.destination import misspelled_setting

if TYPE_CHECKING:
    from mock_custify.replay.report import Report


@named_options
def replay(  # noqa: PLR0913 - one for each option of the command
    *paths: str | Path,
    profile: str = "documented",
    config: dict[str, Any] | None = None,
    against_profile: str | None = None,
    against_config: dict[str, Any] | None = None,
    state: bytes | str | dict[str, Any] | None = None,
    state_out: str | Path | None = None,
    rate: str = "100/10",
    margin: float = 0.2,
    jobs: int = 1,
    engine: str = "local",
) -> Report:
    """Return what the messages at `paths` would do to a Custify; nothing is sent.

    `config` and `against_config` are settings as `destination.Config` has them, or such a destination.
    `state` is what GET /_mock/state answers, as JSON or decoded. Raises ReplayError for an archive with
    nothing to read, for a wrong option and for a wrong state.
    """
    check_paths(paths)
    check_numbers(jobs, rate, margin)
    plan = plan_of(
        profile,
        settings_in(config, "config"),
        against_profile,
        settings_in(against_config, "against_config"),
        json_of(state),
        keeps_state=bool(state_out),
    )
    options = Options(rate_of(rate, margin), jobs, engine, str(state_out) if state_out else None)
    return run(plan, options, [str(path) for path in paths])


def check_paths(paths: tuple[Any, ...]) -> None:
    """Raise ReplayError without a path, and for what is no path, such as a list of them."""
    if not paths:
        raise ReplayError('there is no path: give a file or a folder, such as replay("archive")')
    for path in paths:
        if not isinstance(path, str | Path):
            raise ReplayError(f"a path must be text or a Path, not {path!r}: give several paths one by one")


def check_numbers(jobs: Any, rate: Any, margin: Any) -> None:
    """Raise ReplayError for numbers of another type."""
    if not isinstance(jobs, int):
        raise ReplayError(f"jobs must be a whole number, not {jobs!r}")
    if jobs < 1:
        raise ReplayError(f"there cannot be {jobs} jobs: at least 1 is needed")
    if not isinstance(rate, str):
        raise ReplayError(f'rate must be text such as "100/10", not {rate!r}')
    if not isinstance(margin, int | float):
        raise ReplayError(f"margin must be a number such as 0.2, not {margin!r}")


def settings_in(config: Any, name: str) -> Any:
    """Return settings, also those in a destination; raise ReplayError for a misspelled one."""
    found = config.get("Config", config) if isinstance(config, dict) else config
    for setting in found if isinstance(found, dict) else ():
        if near := misspelled_setting(str(setting)):
            raise ReplayError(f"{name}: {near}")
    return found


def json_of(state: Any) -> bytes:
    """Return a state as JSON; raise ReplayError for what cannot be one."""
    if isinstance(state, dict):
        return msgspec.json.encode(state)
    if not isinstance(state, bytes | str | None):
        raise ReplayError(f"state must be JSON or a dict, not {state!r}: read the file first")
    return state.encode() if isinstance(state, str) else state or b"{}"
