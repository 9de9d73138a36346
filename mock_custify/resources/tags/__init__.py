"""Tags, and putting them on records."""
