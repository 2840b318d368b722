"""Commands of trac-admin: `campaign …`."""
