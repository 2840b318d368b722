"""Documents and pictures of a campaign for use outside Trac."""
