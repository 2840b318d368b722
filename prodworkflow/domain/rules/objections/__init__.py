"""Objections: who stops what without a right to sign, and what follows."""
