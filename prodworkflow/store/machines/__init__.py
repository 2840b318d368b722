"""What machines need: their tokens."""
