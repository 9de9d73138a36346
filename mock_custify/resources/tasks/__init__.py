"""Tasks for companies, and how they are filtered."""
