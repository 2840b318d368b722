"""Trac's own tickets, milestones, users and files."""
