"""Runs laws: the runner, the targets it runs on, failure reports, and the HTML and JUnit reports.

`in_process` has our own transformer and fake, `external_custify` and `external_transformer` those at a URL.
"""

from custify_contract.run.runner import check_case, in_process_targets, run_law, run_laws

__all__ = ["check_case", "in_process_targets", "run_law", "run_laws"]
