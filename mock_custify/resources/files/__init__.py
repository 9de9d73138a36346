"""Files of companies and people."""
