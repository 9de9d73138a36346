"""Health scores and their values."""
