"""Answers to machines: problem documents."""
