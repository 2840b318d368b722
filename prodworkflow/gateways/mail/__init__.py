"""Mail: what goes out after the transaction, and the addresses in it."""
