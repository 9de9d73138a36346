"""Surveys and the answers to them."""
