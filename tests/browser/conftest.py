"""Fixtures of a real Chromium."""

from support.browser import chromium, page_of

__all__ = ['chromium', 'page_of']
