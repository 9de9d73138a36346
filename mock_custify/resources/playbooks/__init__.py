"""Playbooks and the runs that a call starts."""
