"""Items: what the rules say of one of a list alone."""
