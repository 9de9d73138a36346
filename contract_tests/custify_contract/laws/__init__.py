"""The laws of the contract, one module for each subject, and the checks that they are made of (`checks`).

Each module has its laws in a tuple `LAWS`, and `all_laws` lists the modules.
"""

from custify_contract.laws.all_laws import ALL, get_law, named_laws

__all__ = ["ALL", "get_law", "named_laws"]
