"""Segments: who belongs to one."""
