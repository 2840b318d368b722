"""Notices and warnings above a page: outcomes of acts, refusals."""
