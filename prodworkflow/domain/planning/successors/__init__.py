"""Successors: who signs in place of somebody else, in a whole campaign."""
