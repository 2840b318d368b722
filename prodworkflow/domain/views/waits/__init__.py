"""Waits: whom a campaign waits for, a block for each person."""
