"""The state machine: sequences of calls on two workspaces, each compared with its expected state."""

from custify_contract.laws.fake.machine import SequenceMachine
from custify_contract.sequences.runs import expect_every_rule, rule_names, run_machine

__all__ = ["SequenceMachine", "expect_every_rule", "rule_names", "run_machine"]
