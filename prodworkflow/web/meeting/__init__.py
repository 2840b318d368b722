"""The meeting about a campaign: its day, addresses, and minutes."""
