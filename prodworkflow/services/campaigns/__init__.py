"""Campaigns: create, change, release, launch, end."""
