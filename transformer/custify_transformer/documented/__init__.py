"""The profile `documented`: what RudderStack's documentation page promises.

Where the page is silent or contradicts itself, docs/decisions.md has the rule.
"""

from custify_transformer.documented.profile import DocumentedProfile

__all__ = ["DocumentedProfile"]
