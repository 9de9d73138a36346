"""The page of the known divergences; their table and their rules stand in `custify_transformer.divergences`.

`python -m custify_contract.divergences > docs/divergences.md` writes the page.
"""
