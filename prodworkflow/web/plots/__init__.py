"""Plots on pages: files that come with a form, pictures side by side."""
