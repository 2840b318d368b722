"""Plots: which files are accepted as plots."""
