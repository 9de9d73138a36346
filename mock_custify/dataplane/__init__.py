"""The RudderStack data plane: SDKs send here, the workspace of their write key receives."""
