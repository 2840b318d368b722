"""Production campaigns in Trac: stages, sign-offs, gates and their ledger."""
