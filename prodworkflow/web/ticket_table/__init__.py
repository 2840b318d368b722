"""The table of sign-off tickets with its ten columns, on pages and as CSV."""
