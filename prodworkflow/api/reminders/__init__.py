"""Reminders: what time alone has to tell of campaigns, and does to them."""
