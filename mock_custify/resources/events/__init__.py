"""Events of people and companies."""
