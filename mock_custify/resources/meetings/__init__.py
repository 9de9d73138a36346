"""Meetings with companies and people."""
