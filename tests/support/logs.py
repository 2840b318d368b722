"""Logs: what is told there, but for a fault of Trac's own."""

from __future__ import annotations

import contextlib
import logging
import re

# Trac 1.6 on Python 3.13 beside a psycopg2 that is linked to a libpq.
LIBPQ = re.compile(r".*Exception caught while retrieving libpq's version"
                   r'(.*\n)Traceback.*\n(?:  .*\n)*\S.*\n?')


def without_libpq(text):
    """A log, or a message of it, without that fault and its traceback."""
    return LIBPQ.sub('', text)


class Heard(logging.Handler):
    """Keeps what is logged from INFO on: pairs of level and message."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.records = []

    def emit(self, record):
        told = without_libpq(record.getMessage())
        if told:
            self.records.append((record.levelname, told))

    def matching(self, pattern):
        """The records whose message begins as the pattern does."""
        return [(level, line) for level, line in self.records
                if re.match(pattern, line)]


@contextlib.contextmanager
def listening(env):
    """A `Heard` of what an environment logs meanwhile."""
    heard, level = Heard(), env.log.level
    env.log.setLevel(logging.INFO)
    env.log.addHandler(heard)
    try:
        yield heard
    finally:
        env.log.removeHandler(heard)
        env.log.setLevel(level)
