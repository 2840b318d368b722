"""Separation of duties, unreachable quorums, and who can still help."""
