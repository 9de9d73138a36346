"""Lifecycles."""
