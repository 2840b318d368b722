"""What machines have: tokens."""
