"""Reconciliation: what has to change in Trac to follow a decision."""
