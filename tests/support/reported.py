"""A campaign whose values are read from files, and such files."""

from __future__ import annotations

import pytest

from prodworkflow.api import CampaignRequest, EvidenceReport

REPORTED, STABLE = 'Reported', 'stable'
TEXT = '''
title = "Reported"
[[stage]]
key = "only"
title = "Only"
[[stage.requirement]]
key = "stable"
title = "Stable"
release_bound = true
[[stage.requirement.value]]
name = "crash_rate"
title = "Crash rate"
unit = "%"
at_most = "1 %"
source = "htcondor:crash_rate"
[[stage.requirement.value]]
name = "failures"
title = "Failed tests"
unit = "%"
at_most = "0 %"
source = "junit:failure_rate"
[[stage.requirement.value]]
name = "size"
title = "Size"
unit = "kB/event"
at_most = "5 kB/event"
source = "json:size"
[[stage.requirement]]
key = "plain"
title = "Plain"
'''


def job(number, end='\n\t(1) Normal termination (return value 0)'):
    """The events of a job in an HTCondor log."""
    at = f'({number}.000.000) 2026-04-09 00:44:53'
    return (f'000 {at} Job submitted from host: <10.0.0.7:9618?addrs=x>\n'
            f'...\n001 {at} Job executing on host: <10.0.0.8:9618>\n...\n'
            f'005 {at} Job terminated.{end}\n...\n')


LOG = ''.join(job(n) for n in range(1, 4)).encode()
BAD_END = '\n\t(1) Normal termination (return value 65)'
BAD_LOG = LOG + job(4, BAD_END).encode()


def suite(tests=3):
    """A JUnit file in which so many tests passed."""
    cases = ''.join(f'<testcase name="t{n}"/>' for n in range(tests))
    return f'<testsuite name="s">{cases}</testsuite>'.encode()


@pytest.fixture
def make_reported(system):
    """Makes such a campaign; the ticket of what asks for values."""
    def make(name=REPORTED, text=TEXT, **given):
        return system.create(CampaignRequest(
            name, 'reported', contacts={
                STABLE: ('anna',), 'plain': ('bruno',)},
            template_text=text, **{'release': 'V1', **given}),
            'coordinator')[0]
    return make


@pytest.fixture
def reported(make_reported):
    """The ticket of the requirement that asks for values; anna signs."""
    return make_reported()


@pytest.fixture
def report_file(system):
    """Reports a file, and values beside it, as somebody."""
    def reporting(person, content=LOG, filename='jobs.log', name=REPORTED,
                  **values):
        return system.evidence.report(name, STABLE, person, EvidenceReport(
            values, content, filename))
    return reporting
