"""The state of a workspace as JSON: shown, replaced, and kept in a file."""
