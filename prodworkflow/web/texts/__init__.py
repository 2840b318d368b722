"""Texts as their readers see them: tickets are links, days in their format."""
