"""The known divergences: where the profile `production` differs from the documentation.

divergences.json is the table of them. `rules` has one rule for each: which differences it explains.
"""
