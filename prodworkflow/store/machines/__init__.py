"""What machines need: their tokens, and answers that were given."""
