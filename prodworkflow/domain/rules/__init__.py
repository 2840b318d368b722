"""Which requirement is met, which gate is open, and why."""
