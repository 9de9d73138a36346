"""Filters of lists: what a client may ask for, and what each operator tests."""
