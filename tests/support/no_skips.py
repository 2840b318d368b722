"""Skipped tests fail where everything must run, as in CI."""

from __future__ import annotations

import os

import pytest

REQUIRED = bool(os.environ.get('PRODWORKFLOW_REQUIRE_ALL'))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if REQUIRED and report.skipped and not hasattr(report, 'wasxfail'):
        report.outcome = 'failed'
        report.longrepr = f'{item.nodeid} was skipped, and must run here'


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    report = (yield).get_result()
    if REQUIRED and report.skipped:
        report.outcome = 'failed'
        report.longrepr = f'{collector.nodeid} was skipped, and must run here'
