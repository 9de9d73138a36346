"""The contract, checked from the dashboard: one run at a time, in a thread, law by law, with its progress."""

from __future__ import annotations

from threading import Lock, Thread
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from flask import Blueprint
from msgspec import Meta, Struct, field

from mock_custify.api import control_call
from mock_custify.contract_extra import ContractNotInstalledError, contract_module
from mock_custify.errors import InvalidRequestError
from mock_custify.workspace import Workspace  # noqa: TC001 - read at run time

if TYPE_CHECKING:
    from types import ModuleType


dashboard_contract = Blueprint("dashboard_contract", __name__, url_prefix="/_mock/ui/api/contract")


class RunPost(Struct, kw_only=True, forbid_unknown_fields=True):
    """A run to start: the profile under test, the number of cases for each law, and the seed."""

    profile: Literal["documented", "production"] = "documented"
    examples: Annotated[int, Meta(ge=1, le=1000)] = 50
    seed: int = 0


class Progress(Struct, kw_only=True):
    """The progress of a run; `verdicts` has the result of each checked law, by the id of the law."""

    state: Literal["idle", "running", "stopping", "done", "stopped", "failed"] = "idle"
    profile: str = ""
    examples: int = 0
    current: str = ""
    total: int = 0
    verdicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    error: str = ""


def contract_tests() -> ModuleType:
    """Return the module custify_contract.dashboard; raise InvalidRequestError if it is not installed."""
    try:
        return contract_module("dashboard")
    except ContractNotInstalledError as error:
        raise InvalidRequestError(str(error)) from error


class ContractRun:
    """The last run of the laws, the same for all pages of the server. The laws use their own fake."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.progress = Progress()

    def start(self, wanted: RunPost) -> None:
        """Start a run in a thread; raise InvalidRequestError if a run is not finished yet."""
        tests = contract_tests()
        with self.lock:
            if self.progress.state in {"running", "stopping"}:
                raise InvalidRequestError("a run is in progress: stop it, or wait until it ends")
            self.progress = Progress(state="running", profile=wanted.profile, examples=wanted.examples)
        Thread(target=self.run, args=(tests, wanted), name="contract", daemon=True).start()

    def stop(self) -> None:
        """Stop the run after the current law."""
        with self.lock:
            if self.progress.state == "running":
                self.progress.state = "stopping"

    def run(self, tests: ModuleType, wanted: RunPost) -> None:
        """Check every law and store each result."""
        try:
            self.check_laws(tests, wanted)
        except Exception as error:  # noqa: BLE001 - the page shows any error
            self.progress.error = f"{type(error).__name__}: {error}"
            self.progress.state = "failed"

    def check_laws(self, tests: ModuleType, wanted: RunPost) -> None:
        """Check the laws in their order, until all are checked or the run is stopped."""
        self.progress.total = len(tests.law_rows())
        for law_id, result in tests.run_rows(wanted.profile, wanted.examples, wanted.seed):
            if result is not None:
                self.progress.verdicts[law_id] = result
            elif self.progress.state == "stopping":
                break
            else:
                self.progress.current = law_id
        self.progress.current = ""
        self.progress.state = "stopped" if self.progress.state == "stopping" else "done"


CONTRACT: Final = ContractRun()


@dashboard_contract.get("")
@control_call(statuses=(400,))
def get_laws(workspace: Workspace) -> dict[str, Any]:  # noqa: ARG001 - the laws do not depend on it
    """List the laws and the known differences between the profiles."""
    tests = contract_tests()
    return {"laws": tests.law_rows(), "divergences": tests.divergence_rows()}


@dashboard_contract.get("/run")
@control_call()
def get_run(workspace: Workspace) -> Progress:  # noqa: ARG001 - the run does not depend on it
    """Return the progress of the run."""
    return CONTRACT.progress


@dashboard_contract.post("/run")
@control_call(statuses=(400,))
def start_run(workspace: Workspace, body: RunPost) -> Progress:  # noqa: ARG001 - the run does not depend on it
    """Start to check every law."""
    CONTRACT.start(body)
    return CONTRACT.progress


@dashboard_contract.delete("/run")
@control_call()
def stop_run(workspace: Workspace) -> Progress:  # noqa: ARG001 - the run does not depend on it
    """Stop after the current law."""
    CONTRACT.stop()
    return CONTRACT.progress
