"""Notes on companies and people."""
