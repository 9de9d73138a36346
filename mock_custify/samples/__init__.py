"""The messages of the demonstration: a week in the life of three small companies."""
