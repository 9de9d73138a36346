"""Laws about the fake alone: direct calls of the Custify API."""
