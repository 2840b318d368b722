"""Where the values of a quantity lie on its bar."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.evidence import Evidence, ValueSpec
from prodworkflow.domain.model.submission import SubmittedEvidence
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.rules.revisions.estimates import EstimateStep
from prodworkflow.domain.views.numbers.bar import Bar, bar
from support.factories import requirement, signoff

OTHER = requirement('resources-estimate')


def line(text='', estimate='', steps=(), other=None, **asked):
    given = SubmittedEvidence(Evidence('value', 'rss', text, ''),
                              signoff(2)) if text else None
    return EvidenceLine(
        'value', 'rss', 'RSS', ValueSpec('rss', 'RSS', 'GB', **asked), given,
        other, estimate, series=tuple(
            EstimateStep(s, '', '', 'anna', 0, '', '', 2) for s in steps))


@pytest.mark.parametrize(('given', 'expected'), [
    pytest.param(line('1 GB', at_most='2000 MB'),
                 Bar(measured=6.0, most=94.0), id='below a bound'),
    pytest.param(line('3 GB', at_least='2 GB', at_most='4 GB'),
                 Bar(measured=50.0, least=6.0, most=94.0), id='two bounds'),
    pytest.param(line('3 GB', '2 GB', ('1 GB', '2 GB'), OTHER,
                      tolerance='50 %'),
                 Bar(estimate=6.0, revised=50.0, measured=94.0,
                     tolerated=(6.0, 94.0)), id='revised'),
    pytest.param(line('3 GB', '2 GB', (), OTHER),
                 Bar(estimate=6.0, measured=94.0), id='without a series'),
    pytest.param(line('2 GB', '2 GB', ('2 GB',), OTHER, tolerance='+50 %'),
                 Bar(estimate=6.0, measured=6.0, tolerated=(6.0, 94.0)),
                 id='tolerated on one side'),
    pytest.param(line('1 GB', '', ('1 GB',), at_most='2 GB'),
                 Bar(estimate=6.0, most=94.0), id='an estimate itself'),
    pytest.param(line('2 GB', at_least='1 GB', at_most='4 GB'),
                 Bar(measured=35.3, least=6.0, most=94.0),
                 id='to a tenth'),
    pytest.param(line('5 GB', '3 GB', ('1 GB', '2 GB', '3 GB'), OTHER),
                 Bar(estimate=6.0, revised=50.0, measured=94.0),
                 id='revised twice'),
    pytest.param(line('4 GB', '2 GB', ('2 GB',), OTHER, tolerance='-50 %'),
                 Bar(estimate=35.3, measured=94.0, tolerated=(6.0, 35.3)),
                 id='tolerated below alone'),
    pytest.param(line('1 GB'), None, id='nothing to compare with'),
    pytest.param(line(at_most='2 GB'), None, id='a bound alone'),
    pytest.param(line('3 apples', at_most='2 GB'), None, id='unreadable'),
    pytest.param(EvidenceLine('link', 'log', 'log'), None, id='no value'),
])
def test_values_lie_on_one_axis(given, expected):
    assert bar(given) == expected
