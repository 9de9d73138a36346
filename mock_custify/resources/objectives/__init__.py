"""Objectives of companies."""
