"""The contract tests: laws about RudderStack's Custify destination, checked on generated messages.

`law.py` says what a law is, `laws/` has the laws, `run/` checks them and reports the results. `strategies/`
generates the messages, `sequences/` is the state machine, `divergences/` lists where the profile `production`
differs from the documentation, and `cli/` is the command `mock-custify contract`.
"""
