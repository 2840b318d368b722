"""Moves to a release: what is asked again, what is carried over, and why."""
