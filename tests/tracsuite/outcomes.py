"""Runs one of Trac's test suites and writes how each test ended, as JSON.

Arguments: `unit` or `functional`, and the file to write.
"""

from __future__ import annotations

import json
import sys
import unittest
from collections import Counter

import sitecustomize


class Recorder(unittest.TextTestResult):
    """Keeps each test's outcome under a name that is the same every time."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcomes = {}
        self._seen = Counter()
        self._name = None

    def startTest(self, test):
        super().startTest(test)
        self._name = self._name_of(test)
        self._note('passed')

    def stopTest(self, test):
        super().stopTest(test)
        self._name = None

    def addError(self, test, err):
        super().addError(test, err)
        if self._name is None:  # a fixture, which belongs to no test
            self._name = self._name_of(test)
        self._note('error', self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._note('failed', self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note('failed', repr(err[1]))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._note('skipped', reason)

    # Internal methods

    def _name_of(self, test):
        """The test's id; tests that share one, as wiki tests, are numbered."""
        # Some of Trac's tests keep a number of their own in `self.id`.
        name = (test.id() if callable(test.id)
                else unittest.TestCase.id(test))
        self._seen[name] += 1
        return f'{name}#{self._seen[name]}'.removesuffix('#1')

    def _note(self, outcome, text=''):
        self.outcomes[self._name] = [outcome, text[-3000:]]


def suite(kind):
    if kind == 'unit':
        import trac.test
        return trac.test.test_suite()
    import chromium
    import trac.tests.functional
    chromium.drive()
    return trac.tests.functional.test_suite()


def main(kind, target):
    if sitecustomize.PLUGIN:
        sitecustomize.load()
        sitecustomize.upgrade_stubs()
    runner = unittest.TextTestRunner(resultclass=Recorder, verbosity=0)
    result = runner.run(suite(kind))
    with open(target, 'w', encoding='utf-8') as file:
        json.dump(result.outcomes, file, indent=1)


if __name__ == '__main__':
    main(*sys.argv[1:])
