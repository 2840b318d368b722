"""What evidence there is, what lacks, and what is out of bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ProofKind,
    ValueSpec,
)
from prodworkflow.domain.model.signoff import Bound
from prodworkflow.domain.model.submission import counted, latest, value_of
from prodworkflow.domain.rules.evidence import (
    BoundViolation,
    faults,
    missing,
    pieces,
    violation,
    within,
)
from support.factories import requirement, signoff, state

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
CPU = ValueSpec('cpu', 'CPU time', 'h', at_least='1 h', at_most='2 h')
LIKE = ValueSpec('cpu', 'CPU time', 'h', compare_with=QUALITY,
                 tolerance='20 %')


def measured(number, text, key=FREEZE, name='cpu', **changes):
    return signoff(number, key, 'reported', **changes,
                   evidence=(Evidence('value', name, text, '0'),))


@pytest.mark.parametrize(('changes', 'text'), [
    pytest.param({}, '2 h', id='unbound'),
    pytest.param({'release_bound': True}, '1 h', id='present release'),
    pytest.param({'release_bound': True, 'carried': ('V0',)}, '2 h',
                 id='carried over'),
    pytest.param({'release_bound': True, 'stale': 3}, '', id='stale'),
    pytest.param({'release_bound': True, 'stale': 2}, '', id='stale by it'),
    pytest.param({'release_bound': True, 'stale': 1}, '1 h',
                 id='stale before'),
    pytest.param({'since': 1}, '2 h', id='this ticket'),
    pytest.param({'since': 3}, '', id='lost ticket'),
])
def test_latest_evidence_of_this_release_counts(changes, text):
    """Whatever order the entries come in."""
    said = [measured(3, '2 h', release='V0'), measured(2, '1 h'),
            measured(4, '5 h', key=QUALITY)]
    asked = requirement(FREEZE, **changes)
    assert value_of(asked, state(said, [asked]), 'cpu') == text
    assert value_of(asked, state(said, [asked]), 'gpu') == ''


def test_evidence_is_kept_with_the_entry_that_brought_it():
    said = [measured(3, '2 h'), measured(2, '1 h')]
    asked = requirement(FREEZE)
    found = state(said, [asked])
    assert [g.signoff.number for g in counted(asked, found)] == [2, 3]
    assert {k: g.signoff.number for k, g in latest(asked, found).items()} == {
        ('value', 'cpu'): 3}


def test_asked_evidence_is_listed_with_kind_name_and_title():
    assert list(pieces(EvidenceSpec((CPU,), ('phi',), ('report',)))) == [
        (ProofKind.VALUE, 'cpu', 'CPU time'),
        (ProofKind.PLOT, 'phi', 'the plot phi'),
        (ProofKind.LINK, 'report', 'the link report')]


def test_a_plot_stands_for_no_value_of_its_name():
    asked = requirement(FREEZE, asks=EvidenceSpec((CPU,)))
    plot = signoff(2, evidence=(Evidence('plot', 'cpu', '1 h', '0'),))
    assert missing(asked, state([plot], [asked])) == ['CPU time']
    given = measured(2, '1 h')
    assert missing(asked, state([given], [asked])) == []


def test_evidence_lacks_the_value_it_is_compared_with():
    asked = requirement(FREEZE, asks=EvidenceSpec((LIKE,)))
    said = [measured(2, '1 h')]
    assert missing(asked, state(said, [asked])) == [
        'CPU time of software-quality, to compare with']
    both = [asked, requirement(QUALITY)]
    assert missing(asked, state(said, both)) == [
        'CPU time of Software quality ok, to compare with']
    said.append(measured(3, '1 h', QUALITY))
    assert missing(asked, state(said, both)) == []


BOUNDS = [
    pytest.param('1 h', '', id='at least, met'),
    pytest.param('59.9 min', 'CPU time is 59.9 min, less than 1 h',
                 id='less'),
    pytest.param('2 h', '', id='at most, met'),
    pytest.param('2.1 h', 'CPU time is 2.1 h, more than 2 h', id='more'),
    pytest.param('2 kg', 'CPU time cannot be compared: "2 kg" cannot be '
                 'counted in h; write a number with a unit, like "5 h"',
                 id='another kind'),
]


@pytest.mark.parametrize(('text', 'words'), BOUNDS)
def test_values_on_their_bounds_are_within_them(text, words):
    assert violation(CPU, text, state()) == words
    asked = requirement(FREEZE, asks=EvidenceSpec((CPU,)))
    assert faults(asked, state([measured(2, text)], [asked])) == (
        [BoundViolation('cpu', text, words)] if words else [])


@pytest.mark.parametrize(('text', 'estimate', 'words'), [
    pytest.param('12 h', '10 h', '', id='upper end'),
    pytest.param('8 h', '600 min', '', id='lower end'),
    pytest.param('12.1 h', '10 h', 'CPU time is 12.1 h, more than 20 % away '
                 'from 10 h (Software quality ok)', id='above'),
    pytest.param('7.9 h', '10 h', 'CPU time is 7.9 h, more than 20 % away '
                 'from 10 h (Software quality ok)', id='below'),
    pytest.param('-12 h', '-10 h', '', id='negative'),
    pytest.param('99 h', '', '', id='no estimate'),
])
def test_a_tolerance_is_a_share_of_the_estimate(text, estimate, words):
    said = [measured(2, estimate, QUALITY)] if estimate else []
    assert violation(LIKE, text, state(said)) == words


ONE_SIDED = [
    pytest.param('+20 %', '12 h', '', id='above, the end'),
    pytest.param('+20 %', '12.1 h', 'CPU time is 12.1 h, more than 20 % above '
                 '10 h (Software quality ok)', id='above'),
    pytest.param('+20 %', '1 h', '', id='below, not bounded'),
    pytest.param('-5 %', '9.5 h', '', id='below, the end'),
    pytest.param('-5 %', '9.4 h', 'CPU time is 9.4 h, more than 5 % below '
                 '10 h (Software quality ok)', id='below'),
    pytest.param('-5 %', '99 h', '', id='above, not bounded'),
    pytest.param(' +0 %', '10 h', '', id='nothing above'),
    pytest.param(' +0 %', '10.1 h', 'CPU time is 10.1 h, more than 0 % above '
                 '10 h (Software quality ok)', id='a little above'),
]


@pytest.mark.parametrize(('tolerance', 'text', 'words'), ONE_SIDED)
def test_a_tolerance_with_a_sign_is_of_one_side(tolerance, text, words):
    asked = replace(LIKE, tolerance=tolerance)
    said = [measured(2, '10 h', QUALITY)]
    assert violation(asked, text, state(said)) == words


def test_value_compared_with_an_unknown_value_violates_no_bound():
    assert violation(LIKE, '5 h', state((), [requirement(FREEZE)])) == ''


@pytest.mark.parametrize(('bound', 'text', 'held'), [
    pytest.param(Bound('cpu', at_most='2 h'), '2 h', True, id='at most'),
    pytest.param(Bound('cpu', at_most='2 h'), '121 min', False, id='more'),
    pytest.param(Bound('cpu', at_least='2 h'), '2 h', True, id='at least'),
    pytest.param(Bound('cpu', at_least='2 h'), '119 min', False, id='less'),
    pytest.param(Bound('cpu', '1 h', '2 h'), '90 min', True, id='between'),
    pytest.param(Bound('cpu', '1 h', '2 h'), '30 min', False, id='under'),
    pytest.param(Bound('cpu'), '2 h', False, id='no bound'),
    pytest.param(Bound('cpu', at_most='2 h'), 'much', False, id='no number'),
    pytest.param(Bound('cpu', at_most='2 kg'), '1 h', False,
                 id='a bound of another kind'),
])
def test_a_waivers_bound_covers_what_lies_in_it(bound, text, held):
    assert within(bound, text, CPU) is held
