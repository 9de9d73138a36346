"""Every law of the contract, in the order of the documentation page."""

from contract_tests.laws.catalogue import ALL, get_law, named_laws

__all__ = ["ALL", "get_law", "named_laws"]
