"""Reminders that somebody sends from a campaign's page."""
