"""Time that users spend on companies and people."""
