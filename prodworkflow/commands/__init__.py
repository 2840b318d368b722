"""Commands of trac-admin."""
