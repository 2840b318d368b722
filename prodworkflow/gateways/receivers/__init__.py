"""Receivers of events: what is sent to them over HTTP."""
