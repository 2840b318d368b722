"""Estimates: a series, in which nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.rules.revisions.estimates import (
    comparing,
    estimate_series,
    revised,
    revision_problems,
)
from support.factories import requirement, signoff, state

ESTIMATE, MEASURED, OTHER = ('resources-estimate', 'runtime-performance',
                             'physics-results')
SIZE, TIME = ValueSpec('size', 'Size', 'TB'), ValueSpec('time', 'Time', 'h')
LIKE = replace(SIZE, compare_with=ESTIMATE, tolerance='20 %')


def said(number, text, key=ESTIMATE, name='size', statement='Why.'):
    return replace(signoff(number, key, 'reported', evidence=(
        Evidence('value', name, text, text),)), statement=statement)


def having(*signoffs, **changes):
    return state(signoffs, [
        requirement(ESTIMATE, asks=EvidenceSpec((SIZE, TIME)), **changes),
        requirement(MEASURED, asks=EvidenceSpec((LIKE,))),
        requirement(OTHER, asks=EvidenceSpec((LIKE,)))])


def steps(found, name='size'):
    return [(s.was, s.text, s.after) for s in estimate_series(
        found.requirement(ESTIMATE), found, name)]


@pytest.mark.parametrize(('signoffs', 'series'), [
    pytest.param([], [], id='none'),
    pytest.param([said(2, '1 TB')], [('', '1 TB', '')], id='first'),
    pytest.param([said(3, '2 TB'), said(2, '1 TB')],
                 [('', '1 TB', ''), ('1 TB', '2 TB', '')],
                 id='in the order of the ledger'),
    pytest.param([said(2, '9 TB', MEASURED), said(3, '1 TB')],
                 [('', '1 TB', '')], id='first after a measurement'),
    pytest.param([said(2, '1 TB'), said(3, '9 TB', MEASURED),
                  said(4, '2 TB')],
                 [('', '1 TB', ''), ('1 TB', '2 TB', '9 TB')],
                 id='revised after it'),
    pytest.param([said(2, '1 TB'), said(3, '9 TB', MEASURED),
                  said(4, '8 TB', OTHER), said(5, '2 TB')],
                 [('', '1 TB', ''), ('1 TB', '2 TB', '8 TB')],
                 id='the last measurement'),
    pytest.param([said(2, '1 TB'), said(3, '9 h', MEASURED, 'time'),
                  said(4, '2 TB')],
                 [('', '1 TB', ''), ('1 TB', '2 TB', '')],
                 id='another value was measured'),
    pytest.param([said(2, '1 TB'), said(3, '1 TB'), said(4, '2 TB'),
                  said(5, '1 TB')],
                 [('', '1 TB', ''), ('1 TB', '2 TB', ''),
                  ('2 TB', '1 TB', '')], id='put back'),
])
def test_the_series_keeps_what_was_and_what_was_measured(signoffs, series):
    assert steps(having(*signoffs)) == series


def test_a_ticket_that_took_the_place_of_another_begins_anew():
    assert steps(having(said(2, '1 TB'), said(4, '2 TB'), since=3)) == [
        ('', '2 TB', '')]


def test_values_of_another_release_stay_in_the_series():
    older = replace(said(2, '1 TB'), release='V0')
    found = having(older, said(3, '2 TB'), release_bound=True)
    assert steps(found) == [('', '1 TB', ''), ('1 TB', '2 TB', '')]
    assert [s.release for s in estimate_series(
        found.requirement(ESTIMATE), found, 'size')] == ['V0', 'V1']


def test_the_last_revision_in_words():
    assert revised(having(said(2, '1 TB')).requirement(ESTIMATE),
                   having(said(2, '1 TB')), 'size') == ''
    found = having(said(2, '1 TB'), said(3, '2 TB'),
                   said(4, '9 TB', MEASURED), said(5, '3 TB'))
    assert revised(found.requirement(ESTIMATE), found, 'size') == (
        'revised from 2 TB to 3 TB after 9 TB was measured')
    assert revised(found.requirement(ESTIMATE), found, 'size',
                   measured=False) == 'revised from 2 TB to 3 TB'


def test_a_step_without_a_statement_is_told_without_one():
    found = having(said(2, '1 TB', statement=''), said(3, '2 TB',
                                                       statement='So\n so.'))
    first, second = estimate_series(found.requirement(ESTIMATE), found, 'size')
    assert first.first_words == 'first 1 TB by anna on 1970-01-01'
    assert second.words == ('revised from 1 TB to 2 TB by anna on 1970-01-01: '
                            '“So so.”')


def test_who_compares_with_an_estimate():
    found = having()
    estimate = found.requirement(ESTIMATE)
    assert [r.key for r in comparing(estimate, found, 'size')] == [
        MEASURED, OTHER]
    assert comparing(estimate, found, 'time') == []
    assert comparing(found.requirement(MEASURED), found, 'size') == []


@pytest.mark.parametrize(('signoffs', 'words'), [
    pytest.param([said(2, '1 TB', statement='')], [], id='first'),
    pytest.param([said(2, '1 TB'), said(3, '1 TB', statement='')], [],
                 id='the same again'),
    pytest.param([said(2, '1 TB'), said(3, '2 TB')], [], id='with a reason'),
    pytest.param([said(2, '1 TB'), said(3, '2 TB', statement=' ')],
                 ['Say why Size is revised from 1 TB to 2 TB: an estimate '
                  'keeps why it was revised.'], id='without one'),
    pytest.param([said(2, '1 h', name='time'),
                  said(3, '2 h', name='time', statement='')], [],
                 id='nothing is compared with it'),
    pytest.param([said(2, '1 TB'), said(3, '2 TB'),
                  said(4, '9 h', name='time', statement='')], [],
                 id='revised before'),
    pytest.param([said(2, '1 TB', MEASURED),
                  said(3, '2 TB', MEASURED, statement='')], [],
                 id='a measurement'),
])
def test_a_revision_says_why(signoffs, words):
    assert revision_problems(having(*signoffs)) == [
        ('statement', each) for each in words]
