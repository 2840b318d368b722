"""Tells a campaign's followers what concerns them."""
