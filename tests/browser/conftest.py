"""Fixtures of a real Chromium."""

from support.browser import chromium, page_of
from support.page_walk import walked

__all__ = ['chromium', 'page_of', 'walked']
