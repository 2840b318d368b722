"""Consistency check: compare ledger, record and Trac, and repair Trac."""
