"""Matrices on pages: their addresses, and how they write people and days."""
