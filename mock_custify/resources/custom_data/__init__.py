"""Custom data of companies and people."""
