"""Hypothesis strategies for messages as RudderStack's SDKs send them, and for the records that exist before.

The ids come from small pools, so that messages often meet in the same records. For your own tests:
`identify_messages()`, `track_messages()`, `group_messages()`, and `messages()` for all three types.
"""

from custify_contract.strategies.messages import (
    Message,
    group_messages,
    identify_messages,
    messages,
    track_messages,
)

__all__ = ["Message", "group_messages", "identify_messages", "messages", "track_messages"]
