"""Readings: what evidence readers find in files, and what they offer."""
