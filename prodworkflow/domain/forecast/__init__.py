"""Forecast: when a gate of a campaign will probably open."""
