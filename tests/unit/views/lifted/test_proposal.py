"""What the form of a waiver is filled in with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.campaign import WaiverRules
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.views.lifted.proposal import waiver_proposal
from support.factories import requirement, signoff, state

TODAY = date(2026, 6, 5)
KEY = 'runtime-performance'


def proposal(*liftable, start=date(2026, 6, 29), text='', asks=(), days=None):
    asked = requirement(KEY, asks=EvidenceSpec(values=asks or (
        ValueSpec('rss', 'RSS', 'GB', '', '2 GB', tolerable='5 GB'),)))
    given = [signoff(2, KEY, 'reported', evidence=(
        Evidence('value', 'rss', text, 'd'),))] if text else []
    found = state(given, [asked], start=start)
    if days:
        found = replace(found, campaign=replace(
            found.campaign, waivers=WaiverRules(days=days)))
    return waiver_proposal(asked, found, TODAY, list(liftable))


@pytest.mark.parametrize(('start', 'days', 'expected'), [
    pytest.param(date(2026, 6, 29), None, date(2026, 6, 29), id='the start'),
    pytest.param(TODAY, None, TODAY, id='today'),
    pytest.param(date(2026, 6, 4), 10, date(2026, 6, 15), id='past'),
    pytest.param(None, 10, date(2026, 6, 15), id='no start'),
    pytest.param(date(2026, 6, 29), 10, date(2026, 6, 15), id='too far'),
])
def test_the_last_day_is_the_start_or_the_most(start, days, expected):
    assert proposal('awaiting', start=start, days=days).until == expected


BELOW = ValueSpec('rss', 'RSS', 'GB', '2 GB', tolerable='1 GB')
RATE = ValueSpec('rss', 'Rate', '%', '', '1 %', tolerable='5 %')
SURE = replace(RATE, confidence='95 %')
GOOD = ValueSpec('rss', 'Good', '%', '99 %', tolerable='50 %',
                 confidence='95 %')


@pytest.mark.parametrize(('text', 'asks', 'ends'), [
    pytest.param('3 GB', (), ('', '3 GB'), id='measured'),
    pytest.param('9 GB', (), ('', '5 GB'), id='beyond what is tolerable'),
    pytest.param('', (), ('', '5 GB'), id='not measured'),
    pytest.param('1 GB', (), ('', '5 GB'), id='within'),
    pytest.param('1.5 GB', (BELOW,), ('1.5 GB', ''), id='below'),
    pytest.param('0.5 GB', (BELOW,), ('1 GB', ''), id='far below'),
    pytest.param('3 GB', (BELOW,), ('1 GB', ''), id='above the least'),
    pytest.param('3 apples', (), ('', ''), id='unreadable'),
    pytest.param('3/150', (RATE,), ('', '2 %'), id='a count'),
    pytest.param('2 ± 1 %', (RATE,), ('', '2 %'), id='a mean'),
    pytest.param('12/1000', (SURE,), ('', '1.937019929 %'), id='surely'),
    pytest.param('3/150', (SURE,), ('', '5 %'), id='surely, too far'),
    pytest.param('2 %', (SURE,), ('', '5 %'), id='not known well'),
    pytest.param('145/150', (GOOD,), ('93.119481606 %', ''), id='surely less'),
    pytest.param('2 GB', (), ('', '5 GB'), id='just within'),
    pytest.param('2 GB', (BELOW,), ('1 GB', ''), id='just the least'),
    pytest.param('3000 MB', (), ('', '3000 MB'), id='as it was written'),
    pytest.param('5000 MB', (), ('', '5000 MB'), id='just tolerable'),
    pytest.param('1000 MB', (BELOW,), ('1000 MB', ''),
                 id='just tolerable below'),
])
def test_the_bound_is_what_is_measured_or_the_most(text, asks, ends):
    found = proposal('out-of-bounds', text=text, asks=asks)
    assert (found.at_least('rss'), found.at_most('rss')) == ends
    assert (found.at_least('other'), found.at_most('other')) == ('', '')


def test_out_of_bounds_is_proposed_where_a_value_is():
    found = proposal('rejected', 'out-of-bounds', text='3 GB')
    assert found.reason == 'out-of-bounds'


def test_other_reasons_have_no_bounds():
    found = proposal('rejected', 'out-of-bounds')
    assert (found.reason, found.bounds) == ('rejected', {})


def test_values_that_are_within_have_no_bound_beside_one_that_is_out():
    other = ValueSpec('cpu', 'CPU', 's', '', '2 s')
    found = proposal('out-of-bounds', text='3 GB', asks=(
        ValueSpec('rss', 'RSS', 'GB', '', '2 GB'), other))
    assert list(found.bounds) == ['rss']
