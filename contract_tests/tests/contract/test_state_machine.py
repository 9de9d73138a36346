"""Sequences of calls keep the fake beside its model; the machine itself can fail."""

import pytest

from custify_contract.machine import SequenceMachine, expect_every_rule, rule_names, run_machine


def test_sequences_on_several_workspaces_end_as_the_model_does_and_every_rule_runs(record_property):
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


def test_a_fake_that_leaves_its_model_is_found():
    class Forgetful(SequenceMachine):
        """Its model forgets everybody after each message, as the fake must not."""

        def again(self, key, message):
            super().again(key, message)
            self.models[key].people.clear()

    with pytest.raises(AssertionError, match="left its model"):
        run_machine(examples=20, machine=Forgetful)


def test_there_is_a_rule_for_each_kind_of_call():
    assert len(rule_names()) == 11
