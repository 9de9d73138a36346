"""NPS and CSAT scores of people."""
