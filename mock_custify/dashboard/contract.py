"""The contract, checked from the page: one run at a time in a thread, law by law, with its progress."""

from __future__ import annotations

from threading import Lock, Thread
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from flask import Blueprint
from msgspec import Meta, Struct, field

from mock_custify.api import control_call
from mock_custify.errors import InvalidRequestError
from mock_custify.workspace import Workspace  # noqa: TC001 - read at run time

if TYPE_CHECKING:
    from custify_contract.law import Law
    from custify_contract.runner import Result

dashboard_contract = Blueprint("dashboard_contract", __name__, url_prefix="/_mock/ui/api/contract")


class RunPost(Struct, kw_only=True, forbid_unknown_fields=True):
    """What to check: the laws on a profile, each with up to so many generated messages."""

    profile: Literal["documented", "production"] = "documented"
    examples: Annotated[int, Meta(ge=1, le=1000)] = 50
    seed: int = 0


class Progress(Struct, kw_only=True):
    """How far a run is; `verdicts` are by the id of a law."""

    state: Literal["idle", "running", "stopping", "done", "stopped", "failed"] = "idle"
    profile: str = ""
    examples: int = 0
    current: str = ""
    total: int = 0
    verdicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    error: str = ""


class Contract:
    """The last run of the laws, for every page of the server; laws use a fake of their own."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.progress = Progress()

    def start(self, wanted: RunPost) -> None:
        """Begin a run in a thread; raise InvalidRequestError while there is one."""
        with self.lock:
            if self.progress.state in {"running", "stopping"}:
                raise InvalidRequestError("a run is under way: stop it or wait for its end")
            self.progress = Progress(state="running", profile=wanted.profile, examples=wanted.examples)
        Thread(target=self.run, args=(wanted,), name="contract", daemon=True).start()

    def stop(self) -> None:
        """End a run after the law that is being tried."""
        with self.lock:
            if self.progress.state == "running":
                self.progress.state = "stopping"

    def run(self, wanted: RunPost) -> None:
        """Try every law and note each verdict."""
        try:
            self.try_laws(wanted)
        except Exception as error:  # noqa: BLE001 - whatever it is, the page has to tell it
            self.progress.error = f"{type(error).__name__}: {error}"
            self.progress.state = "failed"

    def try_laws(self, wanted: RunPost) -> None:
        """Try the laws in their order until all are tried or the run is stopped."""
        from custify_contract.laws import ALL  # noqa: PLC0415 - Hypothesis is loaded when it is needed
        from custify_contract.runner import ours, run_law  # noqa: PLC0415 - the same

        bench = ours(wanted.profile)
        self.progress.total = len(ALL)
        for law in ALL:
            if self.progress.state == "stopping":
                break
            self.progress.current = law.id
            self.progress.verdicts[law.id] = told(run_law(law, bench, wanted.examples, wanted.seed))
        self.progress.current = ""
        self.progress.state = "stopped" if self.progress.state == "stopping" else "done"


CONTRACT: Final = Contract()


def told(result: Result) -> dict[str, Any]:
    """Return a verdict as the page shows it, with the messages of the smallest case that broke the law."""
    messages = [step.message for step in result.trial.steps if step.message] if result.trial else []
    return {
        "verdict": result.verdict,
        "tried": result.tried,
        "broken": result.broken,
        "messages": messages,
    }


def law_row(law: Law) -> dict[str, str]:
    """Return a law as the page shows it."""
    return {"id": law.id, "section": law.section, "source": law.source, "level": law.level}


def divergence_rows() -> list[dict[str, Any]]:
    """Return the known differences between the profiles."""
    from custify_contract.divergences import divergences  # noqa: PLC0415 - read when it is looked at

    return [
        {name: getattr(one, name) for name in ("id", "page", "observed", "message", "law", "harm")}
        for one in divergences()
    ]


@dashboard_contract.get("")
@control_call()
def get_laws(workspace: Workspace) -> dict[str, Any]:  # noqa: ARG001 - the laws do not depend on it
    """List the laws and the known differences between the profiles."""
    from custify_contract.laws import ALL  # noqa: PLC0415 - Hypothesis is loaded when it is needed

    return {"laws": [law_row(law) for law in ALL], "divergences": divergence_rows()}


@dashboard_contract.get("/run")
@control_call()
def get_run(workspace: Workspace) -> Progress:  # noqa: ARG001 - the run does not depend on it
    """Tell how far the run is."""
    return CONTRACT.progress


@dashboard_contract.post("/run")
@control_call(statuses=(400,))
def start_run(workspace: Workspace, body: RunPost) -> Progress:  # noqa: ARG001 - the run does not depend on it
    """Begin to check every law."""
    CONTRACT.start(body)
    return CONTRACT.progress


@dashboard_contract.delete("/run")
@control_call()
def stop_run(workspace: Workspace) -> Progress:  # noqa: ARG001 - the run does not depend on it
    """Stop after the law that is being tried."""
    CONTRACT.stop()
    return CONTRACT.progress
