"""What a move to a release is shown to do, before it is confirmed."""
