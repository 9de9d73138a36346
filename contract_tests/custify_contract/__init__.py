"""The contract as a product: laws on generated messages, sequences, faults, and stories of what broke."""
