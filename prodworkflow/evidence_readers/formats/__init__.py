"""Formats of evidence, one module each."""
