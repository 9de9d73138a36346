"""People: how they are identified, and what they hold."""
