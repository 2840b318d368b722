"""Tests that need Babel: without it all is in English."""

from __future__ import annotations

from importlib.util import find_spec

from support.page_walk import walked

__all__ = ['walked']
collect_ignore_glob = [] if find_spec('babel') else ['test_*.py']
