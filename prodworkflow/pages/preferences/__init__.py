"""Panels of the preferences."""
