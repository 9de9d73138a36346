"""The key of the fake that stands for a Custify elsewhere."""

KEY = "sandbox"
