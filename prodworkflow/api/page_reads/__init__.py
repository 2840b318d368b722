"""What pages read of many campaigns at once."""
