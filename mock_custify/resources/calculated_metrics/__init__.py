"""Calculated metrics and their values."""
