"""The profile `production`: what RudderStack's own transformer does, including its faults.

Every rule names its section of the recorded behaviour.
"""

from custify_transformer.production.profile import ProductionProfile

__all__ = ["ProductionProfile"]
