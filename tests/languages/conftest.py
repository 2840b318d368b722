"""Tests of languages walk through the pages, too."""

from __future__ import annotations

from support.page_walk import walked

__all__ = ['walked']
