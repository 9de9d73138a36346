"""Every law of the contract, in the order of the documentation page."""

from custify_contract.laws.catalogue import ALL, get_law, named_laws

__all__ = ["ALL", "get_law", "named_laws"]
