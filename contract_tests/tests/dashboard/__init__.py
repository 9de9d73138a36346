"""A package for pytest, so that the browser is closed after the last test of this folder."""
