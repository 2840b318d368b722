"""The nouns: frozen values."""
