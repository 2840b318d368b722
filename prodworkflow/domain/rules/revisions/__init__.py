"""Revisions: evidence that changed after it was approved, estimates."""
