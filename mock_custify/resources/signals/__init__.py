"""Signals about companies and people."""
