"""Gateways: the only way to Trac's tickets, milestones, users and files."""
