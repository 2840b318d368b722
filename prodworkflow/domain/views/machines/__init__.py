"""What machines have, in rows."""
