"""Logs: what is told there, but for a fault of Trac's own."""

from __future__ import annotations

import re

# Trac 1.6 on Python 3.13 beside a psycopg2 that is linked to a libpq.
LIBPQ = re.compile(r".*Exception caught while retrieving libpq's version"
                   r'(.*\n)Traceback.*\n(?:  .*\n)*\S.*\n?')


def without_libpq(text):
    """A log, or a message of it, without that fault and its traceback."""
    return LIBPQ.sub('', text)
