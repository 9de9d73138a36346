"""One law for each row of the mapping tables."""
