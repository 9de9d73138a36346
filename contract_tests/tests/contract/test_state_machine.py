"""The state machine: after any sequence of calls, the fake is in its expected state."""

import pytest

from custify_contract.sequences import SequenceMachine, expect_every_rule, rule_names, run_machine


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
    assert len(rule_names()) == 14
