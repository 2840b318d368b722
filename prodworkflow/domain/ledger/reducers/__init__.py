"""Reducers: what verdicts, concerns and known issues change of a state."""
