"""Folding messages: each one is transformed and its requests change a Custify, by the rules of the fake."""
