"""What happens to the calls of a workspace: its journal, faults and rate limit."""
