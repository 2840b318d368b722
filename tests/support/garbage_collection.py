"""Garbage collection between tests: freezes what the run has come to hold.

Trac looks for garbage after each request, through all that a process holds:
tests, their reports, what they have imported. That takes a quarter of the time
of tests of pages.
"""

from __future__ import annotations

import gc
import itertools

import pytest

EVERY = 20
_tests = itertools.count()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol():
    """Before some of the tests; one of them may have taken all back."""
    if next(_tests) % EVERY == 0:
        gc.collect()
        gc.freeze()
    return (yield)
