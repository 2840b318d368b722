"""Notices by their kinds: what of a change each one tells."""
