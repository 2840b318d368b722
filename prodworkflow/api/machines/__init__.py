"""What machines have here: tokens, and answers to repeated requests."""
