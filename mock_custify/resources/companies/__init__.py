"""Companies: what they hold, who is above them, and their usage."""
