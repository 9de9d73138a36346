"""Comments on notes and tasks."""
