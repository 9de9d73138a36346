"""Tickets of a help desk, and their replies."""
