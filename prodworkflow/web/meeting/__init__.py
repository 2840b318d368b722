"""The meeting about a campaign: its minutes as wiki text."""
