"""The campaign template language."""
