"""What machines have here: tokens."""
