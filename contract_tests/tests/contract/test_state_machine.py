"""The state machine: after any sequence of calls, the fake is in its expected state."""

from dataclasses import replace

import pytest

from custify_contract.run.in_process import InProcessCustify
from custify_contract.sequences import SequenceMachine, expect_every_rule, rule_names, run_machine
from custify_contract.strategies.pools import COMPANY_IDS
from support.planted_fakes import FaultyCustify
from support.planted_mistakes import MISTAKEN_FAKES

IN_SEQUENCES = (
    "a snapshot forgets links",
    "a snapshot forgets types",
    "circles of two are accepted",
    "circles of three are accepted",
    "events of a deleted record stay",
    "events of a deleted company stay",
    "a taken user_id is accepted",
    "links by internal id are ignored",
    "an event of nobody is accepted",
    "$unset keeps flags",
)


def test_sequences_on_two_workspaces_end_in_the_expected_state_and_every_rule_runs(record_property):
    counts = run_machine(examples=60)

    record_property("rules", dict(counts))
    assert min(counts.values()) > 0


def test_the_machine_counts_the_same_for_the_same_seed():
    first = run_machine(examples=20)

    assert run_machine(examples=20) == first


def test_a_rule_that_never_runs_is_named():
    counts = run_machine(examples=20)
    counts["delete company"] = 0

    with pytest.raises(AssertionError, match="never ran: delete company"):
        expect_every_rule(counts)


def test_a_fake_in_an_unexpected_state_is_found():
    class Forgetful(SequenceMachine):
        """A machine whose expected state has no people after each message."""

        def deliver_with(self, key, message):
            super().deliver_with(key, message)
            self.expected[key].people.clear()

    with pytest.raises(AssertionError, match="is not in its expected state"):
        run_machine(examples=20, machine=Forgetful)


def test_there_is_a_rule_for_each_kind_of_call():
    assert len(rule_names()) == 29


class LinkLostAfterRename(InProcessCustify):
    """A fake that loses the companies of a person whose email changes."""

    def send(self, request):
        response = super().send(request)
        body = request.body if isinstance(request.body, dict) else {}
        if request.endpoint.endswith("/people") and str(body.get("email")).startswith("renamed"):
            gone = [{"company_id": company, "remove": True} for company in COMPANY_IDS]
            super().send(replace(request, body={"user_id": body["user_id"], "companies": gone}))
        return response


class OldEmailFinds(InProcessCustify):
    """A fake in which an email that somebody had still finds the person."""

    def __init__(self):
        super().__init__()
        self.seen = {}

    def send(self, request):
        key = request.headers["Authorization"]
        body = request.body if isinstance(request.body, dict) else {}
        if request.method == "POST" and {"user_id", "email"} <= {*body}:
            self.seen[key, body["email"]] = body["user_id"]
        response = super().send(request)
        email = (key, request.params.get("email"))
        if request.method == "GET" and not response.ok and email in self.seen:
            return super().send(replace(request, params={"user_id": self.seen[email]}))
        return response


class DeliversAfterReset(InProcessCustify):
    """A fake that writes the last person again after its workspace was emptied."""

    last = None

    def send(self, request):
        response = super().send(request)
        if request.endpoint.endswith("/people") and request.method == "POST":
            self.last = request
        if request.endpoint.endswith("/_mock/state") and self.last:
            super().send(self.last)
        return response


class FixesTypesOfRefusedCalls(InProcessCustify):
    """A fake in which a refused call fixes the types of its attributes."""

    def send(self, request):
        response = super().send(request)
        body = request.body if isinstance(request.body, dict) else {}
        if response.status == 400 and "custom_attributes" in body:
            key = request.headers["Authorization"].removeprefix("Bearer ")
            with self.app.store.open(key) as workspace:
                workspace.records.fields.note("people", body["custom_attributes"])
        return response


class ForgetsLinksOfUnset(InProcessCustify):
    """A fake in which `$unset` of any field takes the person out of all companies."""

    def send(self, request):
        response = super().send(request)
        if isinstance(request.body, dict) and request.body.get("$unset"):
            gone = [{"company_id": company, "remove": True} for company in COMPANY_IDS]
            super().send(replace(request, body={"user_id": request.body["user_id"], "companies": gone}))
        return response


@pytest.mark.parametrize(
    "fake",
    [LinkLostAfterRename, OldEmailFinds, DeliversAfterReset, FixesTypesOfRefusedCalls, ForgetsLinksOfUnset],
)
def test_a_fault_that_needs_a_sequence_is_found(fake):
    with pytest.raises(AssertionError, match=r"\(after: .*"):
        run_machine(examples=200, make_custify=fake)


@pytest.mark.parametrize("name", IN_SEQUENCES)
def test_a_planted_fault_that_needs_a_sequence_is_found(name):
    (fault,) = (one for one in MISTAKEN_FAKES if one.name == name)

    with pytest.raises(AssertionError, match=r"\(after: "):
        run_machine(examples=150, make_custify=lambda: FaultyCustify(fault))
