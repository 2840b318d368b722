"""Rules: which requirement is met, which gate is open, and who may act."""
