"""Matrices: items of lists by what is asked of them, and by campaigns."""
