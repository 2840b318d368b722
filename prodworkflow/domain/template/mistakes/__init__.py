"""Mistakes of a template: which are mere consequences of others."""
